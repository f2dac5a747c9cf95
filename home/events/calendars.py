"""Events for calendar programs (RFC 5545, with RFC 7986's name and refresh interval)."""

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from icalendar import Calendar, Event, vDuration

from home.languages import address_of
from network.foundations.clock import zone_of

if TYPE_CHECKING:
    from home.events.models import EventPage

PRODUCT = "-//Biodiversity Practitioners' Network//Events//EN"


def write(events: "Iterable[EventPage]", request: HttpRequest) -> bytes:
    """A calendar of ``events`` as UTF-8 bytes, with a definition of every zone that it names."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("name", settings.NETWORK_NAME)
    calendar.add("x-wr-calname", settings.NETWORK_NAME)
    calendar.add("refresh-interval", vDuration(timedelta(hours=6)), parameters={"VALUE": "DURATION"})
    for event in events:
        calendar.add_component(_entry(event, request))
    calendar.add_missing_timezones()
    return calendar.to_ical()


def _entry(event: "EventPage", request: HttpRequest) -> Event:
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
    entry.add("url", request.build_absolute_uri(address_of(event)))
    if event.summary:
        entry.add("description", event.summary)
    if place := ", ".join(filter(None, [event.place, event.country.name if event.country else ""])):
        entry.add("location", place)
    return entry
