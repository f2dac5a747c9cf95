"""Keeping rosters true: what is due by the clock, and the word that it is still true."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from network.experts import policies
from network.experts.actions.rosters import end_entry, locked, note
from network.experts.enums import Ending, Step, Way
from network.experts.freshness import leaves_on, next_steps, term_is_over
from network.experts.models import RosterAssignment, RosterEntry
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused
from network.foundations.viewer import Viewer
from network.organizations.models import Affiliation
from network.outbox.actions import announce

#: Which instant of the entry says that a step was taken.
_INSTANT = {
    Step.ASKED: "asked_at",
    Step.REMINDED: "reminded_at",
    Step.STALE: "stale_at",
    Step.WARNED: "warned_at",
    Step.TERM_TOLD: "term_told_at",
    Step.TERM_WARNED: "term_warned_at",
}
_OF_CHECK = ("asked_at", "reminded_at", "stale_at", "warned_at")
#: Entries looked at before the next are fetched.
_AT_ONCE = 500


def keep_rosters() -> int:
    """Take every step that is due; returns how many entries moved.

    Each entry is a transaction of its own, its row locked and asked again: a worker that is killed leaves the
    rest as it was, and two workers take no step twice.
    """
    moved, last = 0, 0
    while True:
        some = RosterEntry.objects.active().filter(pk__gt=last).select_related("roster").order_by("pk")
        rows = list(some[:_AT_ONCE])
        if not rows:
            return moved
        today = timezone.localdate()
        for row in rows:
            if any(next_steps(row, today)):
                moved += advance(entry_id=row.pk)
        last = rows[-1].pk


@deed
def advance(*, entry_id: int) -> bool:
    """What is due for one entry today; nothing where somebody else has done it."""
    found = RosterEntry.objects.active().filter(pk=entry_id)
    held = found.select_for_update(of=("self",), skip_locked=True).select_related("roster").first()
    if held is None:
        return False
    today = timezone.localdate()
    steps = list(next_steps(held, today))
    for step in steps:
        _take(held, step, today)
    return bool(steps)


def _take(held: RosterEntry, step: Step, today: date) -> None:
    if step == Step.ENDED:
        end_entry(held, Ending.EXPIRED if term_is_over(held, today) else Ending.STALE)
        return
    name = _INSTANT[step]
    setattr(held, name, timezone.now())
    if step == Step.ASKED:
        held.round += 1
    held.save(update_fields=[name, "round"])
    of_term = step in (Step.TERM_TOLD, Step.TERM_WARNED)
    note(held, step, day=held.until if of_term else leaves_on(held))
    announce(f"roster:{held.roster_id}", "experts.roster_step", entry=held.pk, step=step, round=held.round)


@deed
def confirm_by_link(*, entry: RosterEntry, round: int, way: Way) -> None:
    """The person says so with what was sent to her address: it counts for that round alone."""
    held = locked(entry)
    if held.asked_at is None or held.round != round:
        raise Refused(_("This link has been used, or a newer mail has taken its place."))
    _confirm(held, by=held.person_id, way=way)


@deed
def confirm_own(*, viewer: Viewer, entry: RosterEntry) -> None:
    """The person says so on the site, asked or not."""
    held = locked(entry)
    if viewer.user_id is None or viewer.user_id != held.person_id:
        raise PermissionDenied(_("Only the person herself says so, or an officer of her organization."))
    _confirm(held, by=viewer.user_id, way=Way.PAGE)


@deed
def confirm_for(*, viewer: Viewer, entry: RosterEntry) -> None:
    """An officer of an organization that has confirmed her says so, for those who are seldom online."""
    held = locked(entry)
    if viewer.user_id == held.person_id or not policies.can_speak_for(viewer, offices_of(held)):
        raise PermissionDenied(_("Only officers of an organization say so for its confirmed people."))
    _confirm(held, by=viewer.user_id, way=Way.OFFICER)


def offices_of(entry: RosterEntry) -> set[int]:
    """The organizations that have confirmed her."""
    confirmed = Affiliation.objects.current().filter(person=entry.person_id, confirmed_at__isnull=False)
    return set(confirmed.values_list("organization_id", flat=True))


def _confirm(held: RosterEntry, *, by: int | None, way: Way) -> None:
    if held.approved_at is None:
        raise Refused(_("This person is not on the roster yet."))
    held.verified_at, held.verified_way = timezone.now(), way
    for name in _OF_CHECK:
        setattr(held, name, None)
    held.save(update_fields=["verified_at", "verified_way", *_OF_CHECK])
    note(held, Step.CONFIRMED, by=by, way=way)
    if way == Way.OFFICER:
        announce(f"roster:{held.roster_id}", "experts.roster_confirmed", entry=held.pk)


@deed
def record_assignment(
    *, viewer: Viewer, entry: RosterEntry, what: str, since: date, until: date | None = None
) -> RosterAssignment:
    """Write down what she was really asked to do; she sees it."""
    held = locked(entry)
    if not policies.can_decide_entry(viewer, held):
        raise PermissionDenied(_("Only keepers of the roster write down what people were asked to do."))
    if held.approved_at is None:
        raise Refused(_("This person is not on the roster yet."))
    if until is not None and until < since:
        raise Refused(_("The last day cannot lie before the first."), "until")
    return RosterAssignment.objects.create(
        entry=held, what=what, since=since, until=until, recorded_by_id=viewer.user_id
    )


@deed
def thank(*, viewer: Viewer, assignment: RosterAssignment, words: str) -> None:
    """Thank her for it: she is told, and it stays in her record."""
    held = RosterAssignment.objects.select_for_update(of=("self",)).select_related("entry__roster")
    row = held.get(pk=assignment.pk)
    if not policies.can_decide_entry(viewer, row.entry):
        raise PermissionDenied(_("Only keepers of the roster thank for what was done."))
    if row.thanked_at is not None:
        raise Refused(_("Somebody has thanked for this already."))
    row.thanks, row.thanked_at, row.thanked_by_id = words, timezone.now(), viewer.user_id
    row.save(update_fields=["thanks", "thanked_at", "thanked_by"])
    announce(f"person:{row.entry.person_id}", "experts.roster_thanked", assignment=row.pk)
