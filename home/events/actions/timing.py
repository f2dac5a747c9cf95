"""What the worker does by the clock: offers that ran out, reminders, forgetting what people need."""

from datetime import datetime, timedelta

from django.utils import timezone

from home.events.actions.line import locked, settle
from home.events.enums import Occasion
from home.events.models import Desk, Registration, Reminder
from home.events.models.registration import NEEDS_KEPT
from network.foundations.deeds import deed
from network.outbox.actions import announce_each

#: The kind of entry that reminds one participant.
REMINDED = "events.reminded"
#: How long before the start each reminder goes out; the later one stands first.
AHEAD = {Occasion.HOUR_BEFORE: timedelta(hours=1), Occasion.DAY_BEFORE: timedelta(days=1)}
#: So many people are reminded in one transaction.
_AT_ONCE = 200


def settle_due() -> int:
    """Every minute: at each desk where an offer has run out or quotas no longer hold, the next are called."""
    now = timezone.now()
    desks = list(Desk.objects.due(now).order_by("pk"))
    for desk in desks:
        _settle(desk)
    return len(desks)


@deed
def _settle(desk: Desk) -> None:
    settle(locked(desk), timezone.now())


def remind_due() -> int:
    """Every minute: whoever has a place is reminded a day and an hour before, each once.

    A reminder that is late goes out as long as the event has not begun; whoever registers in the last hour
    is not told of the day before.
    """
    now = timezone.now()
    return sum(_remind(occasion, now) for occasion in AHEAD)


def _remind(occasion: Occasion, now: datetime) -> int:
    total = 0
    while reminded := _remind_some(occasion, now):
        total += reminded
    return total


@deed
def _remind_some(occasion: Occasion, now: datetime) -> int:
    """Row and entry in one transaction: what dies in between has done neither."""
    floor = now + (AHEAD[Occasion.HOUR_BEFORE] if occasion == Occasion.DAY_BEFORE else timedelta())
    due = (
        Registration.objects.confirmed()
        .filter(
            desk__told_start__gt=floor,
            desk__told_start__lte=now + AHEAD[occasion],
            desk__told_cancelled_at=None,
        )
        .exclude(reminders__occasion=occasion)
        .select_for_update(of=("self",), skip_locked=True)
        .order_by("pk")
    )
    rows = list(due[:_AT_ONCE])
    if rows:
        Reminder.objects.bulk_create(Reminder(registration=row, occasion=occasion, at=now) for row in rows)
        streams = {f"registration:{row.pk}": {"registration": row.pk, "occasion": occasion} for row in rows}
        announce_each(REMINDED, streams)
    return len(rows)


def forget_needs() -> int:
    """Every hour: what people said they need is erased two weeks after the event."""
    long_ago = timezone.now() - NEEDS_KEPT
    return Registration.objects.filter(desk__told_end__lt=long_ago).exclude(needs="").update(needs="")
