"""What is held about a person by endorsements and rosters: her copy, and erasing it."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from network.accounts.models import User
from network.experts.models import Endorsement, RosterAssignment, RosterEntry, RosterEvent, RosterKeeper
from network.outbox.actions import announce


def export(person: User) -> dict[str, Any]:
    """About her, and what she did for others in a Party's or an organization's name."""
    about = Endorsement.objects.whole().filter(Q(person=person) | Q(by=person)).order_by("pk")
    entries = RosterEntry.objects.whole().filter(Q(person=person) | Q(nominated_by=person)).order_by("pk")
    keeping = RosterKeeper.objects.filter(person=person).select_related("roster").order_by("pk")
    return {
        _("Endorsements"): [_endorsement(row, person) for row in about],
        _("Rosters"): [_entry(row, person) for row in entries],
        _("Rosters that I keep"): [
            {_("Roster"): row.roster.name, _("Since"): row.since, _("Until"): row.until} for row in keeping
        ],
    }


def _endorsement(row: Endorsement, person: User) -> dict[str, Any]:
    told = {
        _("In the name of"): row.in_name_of,
        _("Who it is about"): row.person.get_full_name(),
        _("As what"): row.role,
        _("Subjects"): [term.name for term in row.scope.all()],
        _("First day"): row.since,
        _("Last day"): row.until,
        _("Made"): row.made_at,
        _("Accepted"): row.accepted_at,
        _("Ended"): row.ended_at,
        _("How it ended"): row.get_ending_display(),
        _("Reason"): row.reason,
    }
    if row.by_id and row.by_id != person.pk:
        told[_("Made by")] = row.by.get_full_name() if row.by else ""
    return told


def _entry(row: RosterEntry, person: User) -> dict[str, Any]:
    told: dict[str, Any] = {
        _("Roster"): row.roster.name,
        _("Who it is about"): row.person.get_full_name(),
        _("Nominated by"): row.in_name_of,
        _("Why this person"): row.why,
        _("Nominated"): row.nominated_at,
        _("Ended"): row.ended_at,
    }
    if row.person_id != person.pk:
        return told
    return told | {
        _("Accepted"): row.accepted_at,
        _("Approved"): row.approved_at,
        _("Last day"): row.until,
        _("Last confirmed"): row.verified_at,
        _("How it ended"): row.get_ending_display(),
        _("Reason"): row.reason,
        _("History"): [
            {_("When"): event.at, _("What"): event.get_step_display(), _("How"): event.get_way_display()}
            for event in row.events.order_by("pk")
        ],
        _("Assignments"): [
            {_("What"): done.what, _("From"): done.since, _("Until"): done.until, _("Thanks"): done.thanks}
            for done in row.assignments.order_by("pk")
        ],
    }


def erase(person: User, keep_contributions: bool) -> None:
    """What is about her goes; what she did in others' names stays there without hers."""
    Endorsement.objects.filter(person=person).delete()
    RosterEntry.objects.filter(person=person).delete()
    kept = set(RosterKeeper.objects.current().filter(person=person).values_list("roster_id", flat=True))
    RosterKeeper.objects.filter(person=person).delete()
    for roster in sorted(kept):
        if not RosterKeeper.objects.current().filter(roster=roster).exists():
            announce(f"roster:{roster}", "experts.roster_without_keeper", roster=roster)
    for rows, names in (
        (Endorsement.objects, ("by", "ended_by")),
        (RosterEntry.objects, ("nominated_by", "approved_by", "renominated_by", "ended_by")),
        (RosterKeeper.objects, ("named_by",)),
        (RosterEvent.objects, ("by",)),
        (RosterAssignment.objects, ("recorded_by", "thanked_by")),
    ):
        for name in names:
            rows.filter(**{name: person}).update(**{name: None})
