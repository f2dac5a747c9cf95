"""What people are told of endorsements and rosters."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext_lazy

from network.accounts.enums import Role
from network.accounts.models import RoleGrant
from network.experts import trust_wording
from network.experts.enums import Ending, Step
from network.experts.models import Endorsement, RosterAssignment, RosterEntry, RosterKeeper
from network.foundations.viewer import Viewer
from network.notifications.actions import notify
from network.notifications.enums import Family, Timing
from network.notifications.kinds import Ids, Kind, Rendered, kinds
from network.organizations.models import Affiliation, FocalPoint
from network.outbox.handlers import on
from network.outbox.models import Entry

Render = Callable[[Ids, Viewer], Rendered | None]


def register() -> None:
    for name, label, family, render in _kinds():
        kinds.register(f"experts.{name}", Kind(label, render, family=family, mail=Timing.AT_ONCE))
    for handler, deed, run in (
        ("tell_of_endorsement", "endorsed", _to_endorsed),
        ("tell_of_acceptance", "endorsement_accepted", _to_endorser),
        ("tell_of_withdrawal", "endorsement_ended", _to_the_other),
        ("tell_of_nomination", "roster_nominated", _to_person("nominated")),
        ("tell_keepers", "roster_accepted", _to_keepers),
        ("tell_keepers_again", "roster_renominated", _to_keepers),
        ("tell_of_approval", "roster_approved", _to_both),
        ("tell_of_renewal", "roster_renewed", _to_both),
        ("tell_of_leaving", "roster_ended", _to_both),
        ("tell_of_step", "roster_step", _to_those_of_step),
        ("tell_of_officers_word", "roster_confirmed", _to_person("roster_confirmed")),
        ("tell_secretariat", "roster_without_keeper", _to_secretariat),
        ("tell_of_thanks", "roster_thanked", _to_thanked),
    ):
        on(f"experts.{handler}", f"experts.{deed}", run=run)


def _kinds() -> Iterable[tuple[str, Any, Family, Render]]:
    joining, dates = Family.JOINING, Family.EVENT
    say = trust_wording
    yield "endorsed", gettext_lazy("Who endorses me"), joining, say.endorsed
    yield "endorsement_accepted", gettext_lazy("Answers to my endorsements"), joining, say.accepted
    yield (
        "endorsement_ended",
        gettext_lazy("When an endorsement ends"),
        joining,
        trust_wording.endorsement_ended,
    )
    yield "nominated", gettext_lazy("Nominations for a roster"), joining, say.nominated
    yield "roster_waiting", gettext_lazy("What waits on rosters that I keep"), joining, say.waiting
    yield "roster_answer", gettext_lazy("Decisions on rosters"), joining, say.answer
    yield (
        "still_true",
        gettext_lazy("Is my place on a roster still true"),
        dates,
        trust_wording.still_true,
    )
    yield "roster_confirmed", gettext_lazy("When an officer speaks for me"), dates, say.confirmed
    yield "roster_term", gettext_lazy("When a term on a roster ends"), dates, say.term
    yield "roster_office", gettext_lazy("People of my organization on rosters"), dates, say.office
    yield "roster_thanked", gettext_lazy("Thanks for my work"), joining, say.thanked
    yield "roster_without_keeper", gettext_lazy("Rosters without a keeper"), joining, say.without_keeper


# --- endorsements: to whom --------------------------------------------------------------------------------


def _to_endorsed(entry: Entry) -> None:
    for row in Endorsement.objects.waiting().filter(pk=entry.ids["endorsement"]):
        _tell("endorsed", [row.person_id], row.by_id, endorsement=row.pk)


def _to_endorser(entry: Entry) -> None:
    for row in Endorsement.objects.filter(pk=entry.ids["endorsement"]).exclude(by=None):
        _tell("endorsement_accepted", [row.by_id], row.person_id, endorsement=row.pk)


def _to_the_other(entry: Entry) -> None:
    """The person of a withdrawal, whoever made it of a no. Of one that was never answered nobody is told."""
    for row in Endorsement.objects.filter(pk=entry.ids["endorsement"]):
        if row.ending == Ending.DECLINED and row.by_id:
            _tell("endorsement_ended", [row.by_id], row.person_id, endorsement=row.pk)
        elif row.ending == Ending.WITHDRAWN and row.accepted_at:
            _tell("endorsement_ended", [row.person_id], row.ended_by_id, endorsement=row.pk)


# --- rosters: to whom -------------------------------------------------------------------------------------


def _to_person(kind: str) -> Callable[[Entry], None]:
    def tell(entry: Entry) -> None:
        for row in _entries(entry.ids).filter(ended_at=None):
            _tell(kind, [row.person_id], row.nominated_by_id if kind == "nominated" else None, entry=row.pk)

    return tell


def _to_keepers(entry: Entry) -> None:
    for row in _entries(entry.ids).filter(ended_at=None):
        _tell("roster_waiting", _keepers(row), row.person_id, entry=row.pk)


def _to_both(entry: Entry) -> None:
    """The person and who nominated her, but for whoever did it; keepers where she leaves of herself."""
    for row in _entries(entry.ids):
        told = {row.person_id, row.nominated_by_id} - {None}
        if row.ending in (Ending.RESIGNED, Ending.DECLINED, Ending.STALE, Ending.EXPIRED):
            told |= _keepers(row)
        _tell("roster_answer", told, row.ended_by_id, entry=row.pk, until=str(row.until or ""))


def _to_those_of_step(entry: Entry) -> None:
    for row in _entries(entry.ids).filter(ended_at=None):
        step = entry.ids["step"]
        if step in (Step.TERM_TOLD, Step.TERM_WARNED):
            told = {row.person_id} | _nominators(row) | _keepers(row)
            _tell("roster_term", told, None, entry=row.pk, step=step)
            continue
        _tell("still_true", [row.person_id], None, entry=row.pk, step=step, round=entry.ids["round"])
        if step in (Step.STALE, Step.WARNED):
            _tell("roster_office", _officers(row), row.person_id, entry=row.pk, round=entry.ids["round"])


def _to_thanked(entry: Entry) -> None:
    for row in RosterAssignment.objects.filter(pk=entry.ids["assignment"]).select_related("entry"):
        _tell("roster_thanked", [row.entry.person_id], row.thanked_by_id, assignment=row.pk)


def _to_secretariat(entry: Entry) -> None:
    held = RoleGrant.objects.held().filter(role=Role.SECRETARIAT)
    told = held.values_list("person_id", flat=True)
    _tell("roster_without_keeper", told, None, roster=entry.ids["roster"])


def _entries(ids: Ids) -> Any:
    return RosterEntry.objects.whole().filter(pk=ids["entry"])


def _keepers(row: RosterEntry) -> set[int]:
    return set(
        RosterKeeper.objects.current().filter(roster=row.roster_id).values_list("person_id", flat=True)
    )


def _nominators(row: RosterEntry) -> set[int]:
    """Those who act today for whom nominated her."""
    if row.country_id:
        points = FocalPoint.objects.current().filter(country=row.country_id)
        return set(points.values_list("user_id", flat=True))
    offices = Affiliation.objects.officers().filter(organization=row.organization_id)
    return set(offices.values_list("person_id", flat=True)) if row.organization_id else set()


def _officers(row: RosterEntry) -> set[int]:
    """The officers of the organizations that have confirmed her."""
    hers = Affiliation.objects.current().filter(person=row.person_id, confirmed_at__isnull=False)
    found = Affiliation.objects.officers().filter(organization__in=hers.values("organization"))
    return set(found.values_list("person_id", flat=True))


def _tell(kind: str, recipients: Iterable[int | None], actor: int | None, **ids: Any) -> None:
    people = [person for person in recipients if person is not None]
    notify(kind=f"experts.{kind}", recipients=people, actor=actor, ids=ids)
