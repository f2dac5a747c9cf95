"""Events out of calendar files of others: each entry becomes a page, or is rejected with the reason."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils import timezone
from django.utils.html import escape, linebreaks
from django.utils.translation import gettext as _
from icalendar import Calendar, Event
from wagtail.rich_text import RichText

from home.events.enums import Attendance, Kind
from home.events.models import EventIndexPage, EventPage
from home.events.recurring import dates, is_series, local
from network.foundations import richtext
from network.foundations.clock import zone_of


@dataclass(frozen=True)
class Outcome:
    """What became of one date: ``made``, ``changed``, ``same``, ``cancelled``, or ``rejected`` and why."""

    title: str
    result: str
    reason: str = ""


class Unusable(Exception):
    """The entry cannot become an event; the sentence says why."""


def read(content: bytes) -> list[Event]:
    """The events of a calendar file; raises ``Unusable`` where it is none."""
    try:
        calendars = Calendar.from_ical(content, multiple=True)
    except (ValueError, UnicodeDecodeError, IndexError, KeyError):
        raise Unusable(_("This is not a calendar file.")) from None
    found = [entry for calendar in calendars for entry in calendar.walk("VEVENT")]
    if not found:
        raise Unusable(_("The file holds no events."))
    return found


def bring_in(
    entries: list[Event], *, index: EventIndexPage, by: Any, zone: str = "UTC", dry_run: bool = False
) -> Iterator[Outcome]:
    """Make or change a page for each entry, found again by its UID; safe to repeat.

    ``zone`` is where floating times and whole days are read. Of a series each date is a page, from three
    months ago until two years ahead; a date that is taken out of it later is cancelled. Each page is a
    transaction of its own.
    """
    changed: dict[str, list[Event]] = {}
    for entry in entries:
        if "recurrence-id" in entry:
            changed.setdefault(_uid(entry), []).append(entry)
    series = {_uid(entry) for entry in entries if "recurrence-id" not in entry and is_series(entry)}
    for entry in entries:
        title = _title(entry)
        if "recurrence-id" in entry and _uid(entry) in series:
            continue  # comes in with its series
        try:
            wanted = _dates_of(entry, changed.get(_uid(entry), []), title, zone)
        except (Unusable, ValidationError) as error:
            yield _rejected(title, error)
            continue
        for facts in wanted:
            try:
                with transaction.atomic():
                    result = _keep(dict(facts), index, by)
                    transaction.set_rollback(dry_run)
            except ValidationError as error:
                yield _rejected(title, error)
            else:
                yield Outcome(
                    facts["title"], result, f"{facts['starts_at']:%Y-%m-%d}" if len(wanted) > 1 else ""
                )
        if is_series(entry):
            yield from _cancel_others(_uid(entry), {facts["uid"] for facts in wanted}, index, by, dry_run)


def _rejected(title: str, error: Unusable | ValidationError) -> Outcome:
    reason = error.messages[0] if isinstance(error, ValidationError) else str(error)
    return Outcome(title or _("(no title)"), "rejected", reason)


def _title(entry: Event) -> str:
    return " ".join(str(entry.get("summary", "")).split())[:255]


def _uid(entry: Event) -> str:
    return str(entry.get("uid", "")).strip()[:200]


def _dates_of(entry: Event, changed: list[Event], title: str, zone: str) -> list[dict[str, Any]]:
    """What is to be kept of one entry: one page, or one for each date of a series."""
    facts = _facts(entry, title, zone)
    if "recurrence-id" in entry:
        facts["uid"] = _dated(facts["uid"], local(entry.decoded("recurrence-id"), _own_zone(entry, zone)))
    if not is_series(entry) or "recurrence-id" in entry:
        return [facts]
    clock = _own_zone(entry, zone)
    try:
        days = dates(entry, clock, timezone.now())
    except ValueError:
        raise Unusable(_("How it repeats cannot be read, or it repeats more often than daily.")) from None
    first = local(entry.decoded("dtstart"), clock)
    lasts = facts["ends_at"].astimezone(clock).replace(tzinfo=None) - first
    found = {day: facts | _on(day, lasts, clock) | {"uid": _dated(facts["uid"], day)} for day in days}
    if first in found:
        found[first]["uid"] = facts["uid"]
    for other in changed:
        day = local(other.decoded("recurrence-id"), clock)
        if day in found:
            found[day] = _facts(other, _title(other) or title, zone) | {"uid": found[day]["uid"]}
    return list(found.values())


def _on(day: datetime, lasts: timedelta, clock: tzinfo) -> dict[str, datetime]:
    """The same hours by the same clock on another day."""
    return {"starts_at": day.replace(tzinfo=clock), "ends_at": (day + lasts).replace(tzinfo=clock)}


def _dated(uid: str, day: datetime) -> str:
    return f"{uid}#{day:%Y%m%dT%H%M}"


def _own_zone(entry: Event, zone: str) -> tzinfo:
    """The clock by which the entry is told."""
    value = entry.decoded("dtstart")
    return (value.tzinfo if isinstance(value, datetime) else None) or zone_of(zone)


def _cancel_others(
    uid: str, wanted: set[str], index: EventIndexPage, by: Any, dry_run: bool
) -> Iterator[Outcome]:
    """Dates ahead that the series does not hold any more."""
    rows = EventPage.objects.filter(uid__startswith=uid, locale=index.locale, cancelled_at=None).ahead()
    for page in rows.order_by("starts_at"):
        if page.uid in wanted or not (page.uid == uid or page.uid.startswith(f"{uid}#")):
            continue
        with transaction.atomic():
            page.cancelled_at = timezone.now()
            page.save_revision(user=by).publish(user=by, skip_permission_checks=True)
            transaction.set_rollback(dry_run)
        yield Outcome(page.title, "cancelled", f"{page.starts_at:%Y-%m-%d}")


def _facts(entry: Event, title: str, zone: str) -> dict[str, Any]:
    if not title:
        raise Unusable(_("It has no title."))
    if "dtstart" not in entry:
        raise Unusable(_("It does not say when it starts."))
    starts_at, named = _instant(entry.decoded("dtstart"), zone)
    ends_at = _end(entry, starts_at, zone)
    if ends_at < starts_at:
        raise Unusable(_("It ends before it starts."))
    link = str(entry.get("url", ""))
    told = str(entry.get("description", ""))
    return {
        "uid": _uid(entry) or f"{title}@{starts_at:%Y%m%dT%H%M}",
        "title": title,
        "summary": richtext.excerpt(linebreaks(escape(told)), 200),
        "starts_at": starts_at,
        "ends_at": ends_at,
        "zone": named,
        "place": " ".join(str(entry.get("location", "")).split())[:200],
        "link": link if _is_link(link) else "",
        "told": told[:20_000],
        "cancelled": str(entry.get("status", "")).upper() == "CANCELLED",
    }


def _is_link(text: str) -> bool:
    try:
        URLValidator(schemes=["http", "https"])(text)
    except ValidationError:
        return False
    return len(text) <= 300


def _instant(value: date | datetime, zone: str) -> tuple[datetime, str]:
    """The instant and the name of its zone; a whole day begins at midnight in ``zone``."""
    if not isinstance(value, datetime):
        return datetime.combine(value, time(0), tzinfo=zone_of(zone)), zone
    if value.tzinfo is None:
        return value.replace(tzinfo=zone_of(zone)), zone
    name = getattr(value.tzinfo, "key", "")
    if name and zone_of(name).key == name:
        return value, name
    # A zone that the file defines by itself: the instant is right, its name means nothing to others.
    return value.astimezone(UTC), "UTC"


def _end(entry: Event, starts_at: datetime, zone: str) -> datetime:
    if "dtend" in entry:
        value = entry.decoded("dtend")
        ends_at, _zone = _instant(value, zone)
        whole_days = not isinstance(value, datetime)
        return ends_at - timedelta(minutes=1) if whole_days else ends_at
    if "duration" in entry:
        return starts_at + entry.decoded("duration")
    return starts_at


def _keep(facts: dict[str, Any], index: EventIndexPage, by: Any) -> str:
    told, cancelled = facts.pop("told"), facts.pop("cancelled")
    page = EventPage.objects.filter(uid=facts["uid"], locale=index.locale).first()
    new = page is None
    if new:
        page = EventPage(kind=Kind.MEETING, attendance=Attendance.ON_SITE, owner=by)
    elif all(getattr(page, name) == value for name, value in facts.items()) and (
        bool(page.cancelled_at) == cancelled
    ):
        return "same"
    for name, value in facts.items():
        setattr(page, name, value)
    page.cancelled_at = (page.cancelled_at or timezone.now()) if cancelled else None
    if new:
        page.body = [("text", RichText(richtext.clean(linebreaks(escape(told)))))] if told else []
        index.add_child(instance=page)
    page.save_revision(user=by).publish(user=by, skip_permission_checks=True)
    return "made" if new else "changed"
