"""Events for calendar programs."""

from collections.abc import Iterable
from datetime import UTC
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from icalendar import Event

from home.languages import address_of
from network.foundations.calendars import written
from network.foundations.clock import zone_of

if TYPE_CHECKING:
    from home.events.models import EventPage, Session


def write(events: "Iterable[EventPage]", request: HttpRequest) -> bytes:
    return written(
        (_entry(event, request.build_absolute_uri(address_of(event))) for event in events), "Events"
    )


def write_sessions(sessions: "Iterable[Session]", request: HttpRequest) -> bytes:
    """Each session as an entry of its own, by the clock at the place."""
    return written((_session(session, request) for session in sessions), "Sessions")


def _session(session: "Session", request: HttpRequest) -> Event:
    event, zone = session.event, zone_of(session.event.zone)
    entry = Event()
    entry.add("uid", f"{event.translation_key}.{session.key}@sessions")
    entry.add("sequence", event.live_revision_id or 0)
    entry.add("dtstamp", event.last_published_at or timezone.now())
    entry.add("dtstart", session.starts_at)
    entry.add("dtend", session.ends_at.astimezone(zone))
    entry.add("summary", session.title)
    entry.add("status", "CANCELLED" if event.cancelled_at else "CONFIRMED")
    entry.add("url", request.build_absolute_uri(reverse("events:session", args=[event.slug, session.key])))
    if session.about:
        entry.add("description", session.about)
    if place := ", ".join(filter(None, [session.room, event.place])):
        entry.add("location", place)
    return entry


def enclosure(event: "EventPage") -> tuple[str, str]:
    """Name and text of the file that goes with a mail about a place; the same entry as on the site."""
    content = written([_entry(event, settings.NETWORK_BASE_URL + address_of(event))], "Events")
    return "event.ics", content.decode()


def elsewhere(event: "EventPage", address: str) -> list[tuple[str, str]]:
    """Calendars on the web that take an event by an address; they hear of it when somebody follows one."""
    times = [at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ") for at in (event.starts_at, event.ends_at)]
    google = {"action": "TEMPLATE", "text": event.title, "dates": "/".join(times), "details": address,
              "location": _place(event)}  # fmt: skip
    outlook = {"path": "/calendar/action/compose", "rru": "addevent", "subject": event.title,
               "startdt": event.starts_at.astimezone(UTC).isoformat(), "body": address,
               "enddt": event.ends_at.astimezone(UTC).isoformat(), "location": _place(event)}  # fmt: skip
    return [
        ("Google", "https://calendar.google.com/calendar/render?" + urlencode(google)),
        ("Outlook", "https://outlook.live.com/calendar/0/deeplink/compose?" + urlencode(outlook)),
    ]


def _place(event: "EventPage") -> str:
    return ", ".join(filter(None, [event.place, event.country.name if event.country else ""]))


def _entry(event: "EventPage", address: str) -> Event:
    """One event. Translations share its UID; each publication raises SEQUENCE, so that calendars follow."""
    zone = zone_of(event.zone)
    entry = Event()
    entry.add("uid", event.uid or f"{event.translation_key}@events")
    entry.add("sequence", event.live_revision_id or 0)
    entry.add("dtstamp", event.last_published_at or timezone.now())
    entry.add("dtstart", event.starts_at.astimezone(zone))
    entry.add("dtend", event.ends_at.astimezone(zone))
    entry.add("summary", event.title)
    entry.add("status", "CANCELLED" if event.cancelled_at else "CONFIRMED")
    entry.add("url", address)
    if event.summary:
        entry.add("description", event.summary)
    if place := _place(event):
        entry.add("location", place)
    return entry
