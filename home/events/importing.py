"""Events out of calendar files of others: each entry becomes a page, or is rejected with the reason."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
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
from network.foundations import richtext
from network.foundations.clock import zone_of


@dataclass(frozen=True)
class Outcome:
    """What became of one entry: ``made``, ``changed``, ``same`` or ``rejected`` with a ``reason``."""

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

    ``zone`` is where floating times and whole days are read. Each entry is a transaction of its own. Of a
    series the first date comes in, which the outcome says.
    """
    for entry in entries:
        title = " ".join(str(entry.get("summary", "")).split())[:255]
        try:
            facts = _facts(entry, title, zone)
            with transaction.atomic():
                result = _keep(facts, index, by)
                if dry_run:
                    transaction.set_rollback(True)
        except (Unusable, ValidationError) as error:
            reason = error.messages[0] if isinstance(error, ValidationError) else str(error)
            yield Outcome(title or _("(no title)"), "rejected", reason)
        else:
            series = _("A series: its first date came in.") if entry.get("rrule") else ""
            yield Outcome(title, result, series)


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
        "uid": str(entry.get("uid", "")).strip()[:255] or f"{title}@{starts_at:%Y%m%dT%H%M}",
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
