"""Calendars and feeds for programs, narrowed as the list is; the pages themselves are served by the CMS."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from home.events import calendars
from home.events.filtering import EventFilter
from home.events.models import EventPage
from home.events.querysets import EventQuerySet
from home.languages import address_of
from network.foundations import feeds
from network.foundations.calendars import answer
from network.foundations.clock import zone_name, zone_of
from network.foundations.viewer import anonymous


def _asked_for(request: HttpRequest) -> EventQuerySet:
    """Of what anybody may read: the address of a feed is handed on, and its reader shows no session."""
    request.viewer = anonymous()
    shown = EventPage.objects.visible().for_readers_of()
    return EventFilter(request.GET, viewer=request.viewer, events=shown).narrow(shown)


def calendar(request: HttpRequest) -> HttpResponse:
    """Every event that is ahead or was over less than ninety days ago, for a calendar to subscribe to."""
    since = timezone.now() - timedelta(days=90)
    events = _asked_for(request).filter(ends_at__gte=since)
    return answer(
        calendars.write(events.select_related("country").order_by("starts_at")[:1000], request), "events"
    )


def event_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    event = get_object_or_404(EventPage.objects.visible().for_readers_of(), slug=slug)
    return answer(calendars.write([event], request), "event")


def feed(request: HttpRequest, kind: str) -> HttpResponse:
    """What was announced last, for feed readers."""
    events = _asked_for(request).select_related("country", "locale").order_by("-first_published_at", "-id")
    entries = [_entry(event) for event in events[: feeds.MOST_ENTRIES]]
    asked = request.GET.urlencode()
    path = f"{request.path}?{asked}" if asked else request.path
    told = feeds.Feed("events", _("Events"), "", reverse("events"), path, get_language(), entries)
    return feeds.answer(told, kind)


def _entry(event: EventPage) -> feeds.Entry:
    edited = event.last_published_at if event.last_published_at != event.first_published_at else None
    zone = zone_of(event.zone)
    when = f"{event.starts_at.astimezone(zone):%Y-%m-%d %H:%M} {zone_name(zone)}"
    return feeds.Entry(
        key=f"event/{event.translation_key}",
        title=event.title,
        path=address_of(event),
        summary=event.summary,
        html=format_html("<p>{}. {}</p><p>{}</p>", event.get_kind_display(), when, event.summary),
        language=event.locale.language_code,
        written_at=event.first_published_at,
        edited_at=edited,
    )
