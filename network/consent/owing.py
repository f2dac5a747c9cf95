"""What is owed to holders, as pages show it: due, overdue, brought."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from network.consent import policies
from network.consent.enums import DutyState
from network.consent.models import Duty, KnowledgeItem, Part
from network.consent.tokens import Token
from network.foundations.viewer import Viewer

_TONES = {
    DutyState.DELIVERED: "good",
    DutyState.OVERDUE: "bad",
    DutyState.DUE: "info",
    DutyState.OWED: "quiet",
}


@dataclass(frozen=True)
class Owed:
    """One duty; ``words`` is the token of what was agreed, if anything was written."""

    duty: Duty
    state: DutyState
    delivered_at: datetime | None
    words: Token | None
    may_confirm: bool

    @property
    def tone(self) -> str:
        return _TONES[self.state]

    @property
    def pauses(self) -> bool:
        """While it is overdue, nothing is shared."""
        return self.duty.suspends and self.state is DutyState.OVERDUE


def shown(duties: Iterable[Duty], viewer: Viewer, today: date) -> list[Owed]:
    """Each duty with where it stands and what ``viewer`` may say about it; two queries for all of them.

    ``duties`` come with their record, its item and their deliveries.
    """
    duties = list(duties)
    worded = _worded(duties)
    deciding = policies.holders_decided_by(viewer)
    return [
        Owed(
            duty=duty,
            state=_state(duty, today),
            delivered_at=min((delivery.at for delivery in duty.deliveries.all()), default=None),
            words=Token(duty.record.item_id, duty.part) if _place(duty) in worded else None,
            may_confirm=not duty.deliveries.all() and policies.can_confirm(viewer, duty, deciding),
        )
        for duty in duties
    ]


def of_item(item: KnowledgeItem, viewer: Viewer, today: date) -> list[Owed]:
    """All that is owed on what the holders say about ``item`` now."""
    duties = Duty.objects.in_force().filter(record__item=item)
    found = duties.select_related("record__item", "record__holder").prefetch_related("deliveries")
    return shown(found.order_by("record__number", "number"), viewer, today)


def _state(duty: Duty, today: date) -> DutyState:
    if duty.deliveries.all():
        return DutyState.DELIVERED
    if duty.due_on is None:
        return DutyState.OWED
    return DutyState.OVERDUE if today > duty.due_on else DutyState.DUE


def _place(duty: Duty) -> tuple:
    return duty.record.item_id, duty.part


def _worded(duties: list[Duty]) -> set[tuple]:
    """Where something was written beside the duty."""
    places = Q(pk__in=[])
    for item, part in map(_place, duties):
        places |= Q(item=item, name=part)
    return set(Part.objects.notes().filter(places).values_list("item_id", "name"))
