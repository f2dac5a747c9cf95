"""When a mail leaves, for one person: by her clock, her quiet hours and her pause.

One module says it for the notice that arrives and for the preview that counts what last week would have
brought, so that the number on the page is what would have happened.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from network.foundations.clock import zone_of
from network.notifications.enums import Channel, Timing
from network.notifications.kinds import Kind, kinds
from network.notifications.models import Notification
from network.notifications.preferences import Habits, Wishes


@dataclass(frozen=True)
class Leaving:
    """When something goes out by mail, and whether together with other things."""

    at: datetime
    in_digest: bool


@dataclass
class Planned:
    """One mail: when, and the notices in it."""

    leaving: Leaving
    rows: list[Notification] = field(default_factory=list)


def leaving(kind: Kind, timing: str, when: datetime, habits: Habits) -> Leaving | None:
    """When a notice that came at ``when`` goes out by mail; None where it does not."""
    if timing == Timing.NEVER:
        return None
    held_until = None if kind.urgent else end_of_pause(when, habits)
    if held_until:
        return Leaving(held_until, in_digest=True)
    if timing == Timing.AT_ONCE:
        at = when + kind.embargo
        return Leaving(at if kind.urgent else end_of_quiet(at, habits), in_digest=False)
    return Leaving(next_digest(when, timing, habits), in_digest=True)


def plan(rows: Iterable[Notification], wishes: Wishes) -> list[Planned]:
    """The mails that these notices make under these wishes, in the order in which they leave."""
    single: list[Planned] = []
    digests: dict[datetime, Planned] = {}
    for row in rows:
        kind = kinds.get(row.kind)
        if kind is None:
            continue
        timing = wishes.timing(row.kind, kind, Channel.MAIL, group=row.group, place=row.place)
        leaves = leaving(kind, timing, row.created_at, wishes.habits)
        if leaves is None:
            continue
        if leaves.in_digest:
            digests.setdefault(leaves.at, Planned(leaves)).rows.append(row)
        else:
            single.append(Planned(leaves, [row]))
    return sorted([*single, *digests.values()], key=lambda planned: planned.leaving.at)


def next_digest(after: datetime, timing: str, habits: Habits) -> datetime:
    """Her next digest after this instant. Days are those of her calendar: where a clock change leaves out the
    hour or repeats it, there is still one digest on that day."""
    day = after.astimezone(zone_of(habits.zone)).date()
    while True:
        at = _at(day, habits.digest_hour, habits)
        fits = timing == Timing.DAILY or day.weekday() == habits.digest_weekday
        if fits and at > after:
            return at
        day += timedelta(days=1)


def end_of_quiet(at: datetime, habits: Habits) -> datetime:
    """The same instant, or where it falls into her quiet hours, their end."""
    begins, ends = habits.quiet_from, habits.quiet_to
    if begins is None or ends is None or begins == ends:
        return at
    here = at.astimezone(zone_of(habits.zone))
    over_midnight = begins > ends
    is_quiet = begins <= here.hour or here.hour < ends if over_midnight else begins <= here.hour < ends
    if not is_quiet:
        return at
    ends_tomorrow = over_midnight and here.hour >= begins
    return _at(here.date() + timedelta(days=ends_tomorrow), ends, habits)


def end_of_pause(at: datetime, habits: Habits) -> datetime | None:
    """When what came at ``at`` may be told, if she has paused her mails for that day."""
    if habits.paused_until is None or at.astimezone(zone_of(habits.zone)).date() >= habits.paused_until:
        return None
    return _at(habits.paused_until, habits.digest_hour, habits)


def _at(day: date, hour: int, habits: Habits) -> datetime:
    return datetime.combine(day, time(hour), zone_of(habits.zone)).astimezone(UTC)
