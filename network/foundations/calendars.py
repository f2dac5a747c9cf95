"""Calendars for calendar programs (RFC 5545, with RFC 7986's name and refresh interval)."""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.http import HttpResponse
from icalendar import Calendar, Event, vDuration


def written(entries: Iterable[Event], what: str) -> bytes:
    """A calendar of ``entries`` as UTF-8 bytes, with a definition of every zone that it names.

    ``what`` says in one English word what they are.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//Biodiversity Practitioners' Network//{what}//EN")
    calendar.add("version", "2.0")
    calendar.add("name", settings.NETWORK_NAME)
    calendar.add("x-wr-calname", settings.NETWORK_NAME)
    calendar.add("refresh-interval", vDuration(timedelta(hours=6)), parameters={"VALUE": "DURATION"})
    for entry in entries:
        calendar.add_component(entry)
    calendar.add_missing_timezones()
    return calendar.to_ical()


def answer(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response
