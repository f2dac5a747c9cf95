"""What event pages answer. A page is row and doorway at once: it names its routes and calls these, which know
no model of their own room."""

from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from communities.models import Community
from home.events import calendars
from home.languages import address_of
from network.experts.disclosure import PersonCard, cards_for
from network.foundations.clock import offset, zone_name, zone_of
from network.pagecache.rules import expire_at

if TYPE_CHECKING:
    from home.events.models import EventPage, KnowledgeFairPage, Session, Stall


def show_event(request: HttpRequest, event: "EventPage") -> HttpResponse:
    over = event.ends_at < timezone.now()
    expire_at(request, None if over else event.ends_at)
    context = {
        "page": event,
        "index_url": listing_of(event),
        "over": over,
        "organizers": event.organizers.all(),
        "hosts": event.hosts.visible_to(request.viewer),
        "languages": event.languages.all(),
        "themes": event.themes.all(),
        "elsewhere": calendars.elsewhere(event, request.build_absolute_uri(address_of(event))),
    }
    if hasattr(event, "sessions"):
        sessions = list(event.sessions.select_related("speaker").order_by("day", "begins", "sort_order"))
        context["days"] = _days(request, sessions)
        context["zone"] = f"{zone_name(zone_of(event.zone))} ({offset(event.starts_at, zone_of(event.zone))})"
        context["stalls"] = _stalls(request, event)
    return render(request, event.template, context)


def listing_of(event: "EventPage") -> str:
    """The calendar that an event stands in: one step above its own address."""
    return urljoin(address_of(event), "..")


def _stalls(request: HttpRequest, fair: "KnowledgeFairPage") -> list[tuple["Stall", Community | None]]:
    """Each stall with the community that keeps it, where this viewer may know of that community."""
    stalls = list(fair.stalls.select_related("organization"))
    kept_by = [stall.community_id for stall in stalls if stall.community_id]
    communities = Community.objects.visible_to(request.viewer).in_bulk(kept_by)
    return [(stall, communities.get(stall.community_id)) for stall in stalls]


def _days(
    request: HttpRequest, sessions: "list[Session]"
) -> list[tuple[date, list[tuple["Session", PersonCard | None]]]]:
    """The programme by day, each session with its speaker's card as this viewer may see it."""
    cards = cards_for(request.viewer, [session.speaker.user_id for session in sessions if session.speaker])
    return [
        (
            day,
            [(session, cards.get(session.speaker.user_id) if session.speaker else None) for session in group],
        )
        for day, group in groupby(sessions, key=lambda session: session.day)
    ]
