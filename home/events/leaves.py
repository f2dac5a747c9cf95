"""Days of a calendar: a month in weeks, or one week. Events stand on the days at their place.

Made by the server and the same for everybody, so that it works without a script and is kept for strangers.
"""

import calendar as weeks
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import get_format

from network.foundations.clock import zone_of

if TYPE_CHECKING:
    from home.events.models import EventPage

MONTH, WEEK = "month", "week"
FIRST_YEAR, LAST_YEAR = 1992, 2100
#: No clock on earth differs more from that of Greenwich.
MOST_AHEAD = timedelta(hours=14)


@dataclass
class Day:
    date: date
    #: Of the month that is shown, not of the one before or after.
    is_inside: bool = True
    is_today: bool = False
    events: "list[EventPage]" = field(default_factory=list)


@dataclass(frozen=True)
class Leaf:
    """``weeks`` of days; ``previous`` and ``next`` name the leaves beside it, empty at the ends of time."""

    view: str
    first: date
    weeks: list[list[Day]]
    previous: str
    next: str

    @property
    def days(self) -> list[Day]:
        return [day for week in self.weeks for day in week]

    @property
    def last(self) -> date:
        return self.days[-1].date

    @property
    def span(self) -> tuple[datetime, datetime]:
        """From when to when something may happen on one of these days, wherever its place is."""
        begins = datetime.combine(self.days[0].date, time.min, tzinfo=UTC)
        ends = datetime.combine(self.last + timedelta(days=1), time.min, tzinfo=UTC)
        return begins - MOST_AHEAD, ends + MOST_AHEAD

    def fill(self, events: "Iterable[EventPage]") -> None:
        """Put each on every day on which it goes on, by the clock at its place."""
        by_date = {day.date: day for day in self.days}
        for event in events:
            zone = zone_of(event.zone)
            day, last = event.starts_at.astimezone(zone).date(), event.ends_at.astimezone(zone).date()
            day = max(day, self.days[0].date)
            while day <= min(last, self.last):
                by_date[day].events.append(event)
                day += timedelta(days=1)


def leaf(view: str, at: str) -> Leaf:
    """The month (``2026-11``) or the week of a day (``2026-11-23``); what cannot be read is now."""
    today = timezone.now().astimezone(UTC).date()
    # Django counts from Sunday, Python from Monday.
    begins = weeks.Calendar((int(get_format("FIRST_DAY_OF_WEEK")) - 1) % 7)
    if view == WEEK:
        return _week(_read(at) or today, today, begins.firstweekday)
    first = (_read(f"{at}-01") or _read(at) or today).replace(day=1)
    days = [
        [Day(day, day.month == first.month, day == today) for day in week]
        for week in begins.monthdatescalendar(first.year, first.month)
    ]
    before, after = first - timedelta(days=1), (first + timedelta(days=32)).replace(day=1)
    return Leaf(MONTH, first, days, _name(before, "%Y-%m"), _name(after, "%Y-%m"))


def _week(day: date, today: date, firstweekday: int) -> Leaf:
    first = day - timedelta(days=(day.weekday() - firstweekday) % 7)
    days = [Day(one, True, one == today) for one in (first + timedelta(days=n) for n in range(7))]
    week = timedelta(days=7)
    return Leaf(WEEK, first, [days], _name(first - week, "%Y-%m-%d"), _name(first + week, "%Y-%m-%d"))


def _read(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None


def _name(day: date, form: str) -> str:
    return day.strftime(form) if FIRST_YEAR <= day.year <= LAST_YEAR else ""
