"""Calendars for programs; the pages themselves are served by the CMS."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from home.events import calendars
from home.events.models import EventPage
from network.foundations.calendars import answer


def calendar(request: HttpRequest) -> HttpResponse:
    """Every event that is ahead or was over less than ninety days ago, for a calendar to subscribe to."""
    since = timezone.now() - timedelta(days=90)
    events = EventPage.objects.visible().for_readers_of().filter(ends_at__gte=since)
    return answer(
        calendars.write(events.select_related("country").order_by("starts_at")[:1000], request), "events"
    )


def event_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    event = get_object_or_404(EventPage.objects.visible().for_readers_of(), slug=slug)
    return answer(calendars.write([event], request), "event")
