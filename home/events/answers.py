"""What event pages answer. A page is row and doorway at once: it names its routes and calls these, which know
no model of their own room."""

from itertools import groupby
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from communities.models import Community
from home.events import calendars
from home.events.querysets import SpeakerQuerySet
from home.languages import address_of
from network.experts.disclosure import cards_for
from network.foundations.clock import offset, zone_name, zone_of
from network.pagecache.rules import expire_at

if TYPE_CHECKING:
    from home.events.models import EventPage, KnowledgeFairPage, Stall


def show_event(request: HttpRequest, event: "EventPage", speakers: SpeakerQuerySet) -> HttpResponse:
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
    context |= programme(request, event, speakers)
    if hasattr(event, "stalls"):
        context["stalls"] = _stalls(request, event)
    return render(request, event.template, context)


def programme(request: HttpRequest, event: "EventPage", speakers: SpeakerQuerySet) -> dict[str, Any]:
    """The sessions by day, with those who speak as this viewer may see them."""
    sessions = list(event.sessions.select_related("speaker").order_by("day", "begins", "room", "sort_order"))
    for session in sessions:
        session.event = event
    has_names = any(session.other_speakers for session in sessions)
    claimed = speakers.named_in(event.translation_key) if has_names else {}
    people = {session.speaker.user_id for session in sessions if session.speaker}
    people |= {person for names in claimed.values() for person in names.values()}
    days = [
        (day, [(session, claimed.get(session.key, {})) for session in group])
        for day, group in groupby(sessions, key=lambda session: session.day)
    ]
    place = zone_of(event.zone)
    return {
        "days": days,
        "cards": cards_for(request.viewer, people) if people else {},
        "zone": f"{zone_name(place)} ({offset(event.starts_at, place)})",
    }


def listing_of(event: "EventPage") -> str:
    """The calendar that an event stands in: one step above its own address."""
    return urljoin(address_of(event), "..")


def _stalls(request: HttpRequest, fair: "KnowledgeFairPage") -> list[tuple["Stall", Community | None]]:
    """Each stall with the community that keeps it, where this viewer may know of that community."""
    stalls = list(fair.stalls.select_related("organization"))
    kept_by = [stall.community_id for stall in stalls if stall.community_id]
    communities = Community.objects.visible_to(request.viewer).in_bulk(kept_by)
    return [(stall, communities.get(stall.community_id)) for stall in stalls]
