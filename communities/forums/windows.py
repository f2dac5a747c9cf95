"""The window of a forum: when it may be written in, by the clock of a named zone. Pure.

All are let in and stopped at the same instant: the first instant of a window belongs to it, that of its close
does no more.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils.translation import gettext as _

from communities.forums.enums import Phase
from network.foundations import clock

_SATURDAY = 5
#: Phases in which people write.
WRITABLE = frozenset({Phase.OPEN, Phase.FINAL})


@dataclass(frozen=True)
class Window:
    """``zone`` is the official one: weekends begin and end by its clock. ``final_days`` before the close the
    final call begins, at the hour of the close; 0 for none."""

    opens_at: datetime
    closes_at: datetime
    zone: str = "UTC"
    pauses: bool = False
    final_days: int = 0
    is_summarised: bool = False

    @property
    def final_at(self) -> datetime | None:
        """When the final call begins; in a window that is shorter than that, with the window."""
        if not self.final_days:
            return None
        place = clock.zone_of(self.zone)
        local = self.closes_at.astimezone(place).replace(tzinfo=None) - timedelta(days=self.final_days)
        return max(self.opens_at, local.replace(tzinfo=place).astimezone(self.opens_at.tzinfo))

    def is_weekend(self, at: datetime) -> bool:
        return at.astimezone(clock.zone_of(self.zone)).weekday() >= _SATURDAY


def phase(window: Window, now: datetime) -> Phase:
    """Where the window stands at ``now``."""
    if now < window.opens_at:
        return Phase.ANNOUNCED
    if now >= window.closes_at:
        return Phase.SUMMARISED if window.is_summarised else Phase.CLOSED
    if window.pauses and window.is_weekend(now):
        return Phase.PAUSED
    if window.final_at is not None and now >= window.final_at:
        return Phase.FINAL
    return Phase.OPEN


def is_writable(window: Window | None, now: datetime) -> bool:
    """A forum without a window is always open."""
    return window is None or phase(window, now) in WRITABLE


def next_change(window: Window | None, now: datetime) -> datetime | None:
    """The next instant at which the phase may be another one; None where time changes nothing any more."""
    if window is None:
        return None
    return min((at for at in _turns(window, now) if at > now), default=None)


def next_opening(window: Window, now: datetime) -> datetime | None:
    """When it can be written in again, where it cannot be now; None where it is over."""
    at: datetime | None = now
    while at is not None and not is_writable(window, at):
        at = next_change(window, at)
    return at


def _turns(window: Window, now: datetime) -> Iterator[datetime]:
    yield window.opens_at
    yield window.closes_at
    if window.final_at is not None:
        yield window.final_at
    if window.pauses and window.opens_at <= now < window.closes_at:
        yield _midnight(window, now, 0 if window.is_weekend(now) else _SATURDAY)


def _midnight(window: Window, now: datetime, weekday: int) -> datetime:
    """The beginning of the next such day, by the official clock."""
    place = clock.zone_of(window.zone)
    today = now.astimezone(place).date()
    day = today + timedelta(days=(weekday - today.weekday()) % 7 or 7)
    return datetime.combine(day, time.min, tzinfo=place).astimezone(window.opens_at.tzinfo)


def told(when: datetime, zone: str, readers_zone: str | None = None) -> str:
    """An instant in a sentence: the official hour, and the reader's beside it where hers is another."""
    official = clock.official(when, zone)
    hers = clock.reader(when, zone, readers_zone) if readers_zone else ""
    return f"{official} ({hers})" if hers else official


def why_not(window: Window, now: datetime, readers_zone: str | None = None) -> str:
    """Why nobody writes here at ``now``: the sentence for somebody who wanted to."""
    where = phase(window, now)
    if where == Phase.ANNOUNCED:
        at = next_opening(window, now) or window.opens_at
        return _("This forum opens on %(time)s.") % {"time": told(at, window.zone, readers_zone)}
    if where == Phase.PAUSED:
        again = next_opening(window, now)
        if again is not None:
            at_hour = told(again, window.zone, readers_zone)
            return _("This forum pauses at the weekend. It goes on on %(time)s.") % {"time": at_hour}
    return _("This forum closed on %(time)s.") % {"time": told(window.closes_at, window.zone, readers_zone)}
