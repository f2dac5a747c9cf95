"""The dates of a series in a calendar file.

Pure reckoning on the clock of the zone of the series, so that an hour stays the same when summer time begins.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

from dateutil.rrule import rrulestr
from icalendar import Event, vRecur

#: A series is brought in from so long ago until so far ahead, and not more of its dates than these.
BACK, AHEAD, MOST = timedelta(days=90), timedelta(days=730), 150
#: So many dates are counted off before the first that is wanted.
_COUNTED = 20_000
_TOO_OFTEN = {"SECONDLY", "MINUTELY", "HOURLY"}


def is_series(entry: Event) -> bool:
    return "rrule" in entry or "rdate" in entry


def local(value: date | datetime, zone: tzinfo) -> datetime:
    """What a clock in ``zone`` shows, without a zone; a whole day begins at midnight."""
    if not isinstance(value, datetime):
        return datetime.combine(value, time(0))
    return value.astimezone(zone).replace(tzinfo=None) if value.tzinfo else value


def dates(entry: Event, zone: tzinfo, now: datetime) -> list[datetime]:
    """When the series takes place, by the clock in ``zone``: rules and single dates, less those taken out.

    Raises ``ValueError`` where its rule cannot be read.
    """
    first = local(entry.decoded("dtstart"), zone)
    since, until = local(now - BACK, zone), local(now + AHEAD, zone)
    gone = set(_listed(entry, "exdate", zone))
    found = {first, *_listed(entry, "rdate", zone)}
    for rule in _rules(entry):
        found.update(_ruled(rule, first, zone, until))
    wanted = sorted(day for day in found - gone if since <= day <= until)
    return wanted[:MOST]


def _rules(entry: Event) -> list[vRecur]:
    rules = entry.get("rrule", [])
    return rules if isinstance(rules, list) else [rules]


def _ruled(rule: vRecur, first: datetime, zone: tzinfo, until: datetime) -> Iterator[datetime]:
    parts: dict[str, Any] = {name.upper(): values for name, values in rule.items()}
    often = {str(word).upper() for word in parts.get("FREQ", [])}
    if not often or often & _TOO_OFTEN:
        raise ValueError("It does not say how often it repeats, or more often than daily.")
    ends = [local(value, zone) for value in parts.pop("UNTIL", [])]
    if ends and not isinstance(rule.get("UNTIL", [None])[0], datetime):  # the whole last day belongs to it
        ends = [day + timedelta(days=1, seconds=-1) for day in ends]
    last = min([until, *ends])
    text = vRecur(parts).to_ical().decode()
    for counted, day in enumerate(rrulestr(f"RRULE:{text}", dtstart=first)):
        if day > last or counted > _COUNTED:
            return
        yield day


def _listed(entry: Event, name: str, zone: tzinfo) -> Iterator[datetime]:
    rows = entry.get(name, [])
    for row in rows if isinstance(rows, list) else [rows]:
        for value in row.dts:
            told = value.dt[0] if isinstance(value.dt, tuple) else value.dt
            yield local(told, zone)
