"""When an entry of a roster is due for what: the whole calendar in one place, pure.

Each step is due some days after the one before was *taken*, not after it was due. A worker that stood still
for a month takes up where it stopped, and nobody misses a notice.
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from network.experts.enums import Step

#: From the question to the reminder, to the mark, to the last notice, to the end.
REMINDED_AFTER = timedelta(days=21)
STALE_AFTER = timedelta(days=9)
WARNED_AFTER = timedelta(days=30)
LEAVES_AFTER = timedelta(days=14)
#: Before the last day of a term: the first notice, the second, and how long that one stands at least.
TERM_TOLD_BEFORE = timedelta(days=90)
TERM_WARNED_BEFORE = timedelta(days=14)
TERM_ENDS_AFTER = timedelta(days=7)


def months_later(day: date, months: int) -> date:
    """The same day ``months`` later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def day_of(instant: datetime) -> date:
    return timezone.localtime(instant).date()


def check_due(entry: Any) -> date:
    """When she is asked next whether it is still true."""
    last = entry.verified_at or entry.approved_at
    return months_later(day_of(last), entry.roster.check_months)


def next_steps(entry: Any, today: date) -> Iterator[Step]:
    """What is due for an active entry today: at most one step of the check and one of the term.

    Nobody is asked whether it is still true once her term is over.
    """
    of_term = _of_term(entry, today)
    if of_term:
        yield of_term
    if of_term != Step.ENDED and (of_check := _of_check(entry, today)):
        yield of_check


def term_is_over(entry: Any, today: date) -> bool:
    return _of_term(entry, today) == Step.ENDED


def _of_check(entry: Any, today: date) -> Step | None:
    if entry.asked_at is None:
        return Step.ASKED if today >= check_due(entry) else None
    for taken, wait, step in (
        (entry.warned_at, LEAVES_AFTER, Step.ENDED),
        (entry.stale_at, WARNED_AFTER, Step.WARNED),
        (entry.reminded_at, STALE_AFTER, Step.STALE),
        (entry.asked_at, REMINDED_AFTER, Step.REMINDED),
    ):
        if taken is not None:
            return step if today >= day_of(taken) + wait else None
    return None


def _of_term(entry: Any, today: date) -> Step | None:
    if entry.term_warned_at is not None:
        over = today > entry.until and today >= day_of(entry.term_warned_at) + TERM_ENDS_AFTER
        return Step.ENDED if over else None
    if entry.term_told_at is not None:
        due = today >= entry.until - TERM_WARNED_BEFORE and today > day_of(entry.term_told_at)
        return Step.TERM_WARNED if due else None
    return Step.TERM_TOLD if today >= entry.until - TERM_TOLD_BEFORE else None


def leaves_on(entry: Any) -> date | None:
    """The day on which she leaves the roster if nothing is heard; None where nothing is asked."""
    if entry.asked_at is None:
        return None
    left = LEAVES_AFTER
    for taken, wait in (
        (entry.warned_at, timedelta()),
        (entry.stale_at, WARNED_AFTER),
        (entry.reminded_at, STALE_AFTER),
        (entry.asked_at, REMINDED_AFTER),
    ):
        left += wait
        if taken is not None:
            return day_of(taken) + left
    return None


def marked_on(entry: Any) -> date | None:
    """The day on which she is marked and sinks if nothing is heard."""
    if entry.asked_at is None or entry.stale_at is not None:
        return None
    if entry.reminded_at is not None:
        return day_of(entry.reminded_at) + STALE_AFTER
    return day_of(entry.asked_at) + REMINDED_AFTER + STALE_AFTER


def term_ends_on(entry: Any) -> date:
    """The day after which she is off the roster if nobody renews it."""
    if entry.term_warned_at is None:
        return entry.until
    return max(entry.until, day_of(entry.term_warned_at) + TERM_ENDS_AFTER)
