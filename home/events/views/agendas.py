"""The programme of an event to plan by and to print, and one's own part of it."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from communities.views.common import safe_next
from home.events import actions, answers, calendars, policies
from home.events.clashes import clashes
from home.events.models import EventPage, Going, Session, Speaker
from home.events.views.common import around, find_event
from home.events.views.rooms import find_session
from network.foundations.calendars import answer
from network.foundations.exceptions import Refused


def _chosen(request: HttpRequest, event: EventPage) -> set:
    """The keys of the sessions in her own agenda."""
    if not request.viewer.is_member:
        return set()
    mine = Going.objects.filter(event=event.translation_key, person=request.viewer.user_id)
    return set(mine.values_list("session", flat=True))


def _sessions(event: EventPage) -> list[Session]:
    rows = list(event.sessions.select_related("speaker").order_by("day", "begins", "room", "sort_order"))
    for row in rows:
        row.event = event
    return rows


@never_cache
@require_safe
def agenda(request: HttpRequest, slug: str) -> HttpResponse:
    """The whole programme. Those who keep the event see what cannot both be."""
    event = find_event(request, slug)
    shown = answers.programme(request, event, Speaker.objects.all())
    sessions = [session for _day, rows in shown["days"] for session, _claimed in rows]
    if not sessions:
        raise Http404
    keeps = policies.can_keep(request.viewer, event)
    context = around(
        event, page=event, going=_chosen(request, event), keeps=keeps,
        can_choose=request.viewer.is_member, clashes=clashes(sessions) if keeps else [], **shown,
    )  # fmt: skip
    return render(request, "events/agenda/index.html", context)


@never_cache
@login_required
@require_safe
def mine(request: HttpRequest, slug: str) -> HttpResponse:
    """What she has chosen, and where she would have to be in two places."""
    event = find_event(request, slug)
    shown = answers.programme(request, event, Speaker.objects.all())
    going = _chosen(request, event)
    days = [(day, [row for row in rows if row[0].key in going]) for day, rows in shown["days"]]
    shown["days"] = [(day, rows) for day, rows in days if rows]
    chosen = [session for _day, rows in shown["days"] for session, _claimed in rows]
    context = around(event, page=event, going=going, can_choose=True, doubled=_doubled(chosen), **shown)
    return render(request, "events/agenda/mine.html", context)


def _doubled(sessions: list[Session]) -> list[tuple[Session, Session]]:
    """Those that overlap, in their order."""
    ordered = sorted(sessions, key=lambda session: session.starts_at)
    return [
        (first, second)
        for place, first in enumerate(ordered)
        for second in ordered[place + 1 :]
        if second.starts_at < first.ends_at
    ]


@never_cache
@require_safe
def agenda_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """All sessions for a calendar program."""
    event = find_event(request, slug)
    return answer(calendars.write_sessions(_sessions(event), request), f"{event.slug}-agenda")


@never_cache
@login_required
@require_safe
def my_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    event = find_event(request, slug)
    going = _chosen(request, event)
    sessions = [session for session in _sessions(event) if session.key in going]
    return answer(calendars.write_sessions(sessions, request), f"{event.slug}-my-agenda")


@login_required
@require_POST
def go(request: HttpRequest, slug: str, key: UUID) -> HttpResponse:
    here = find_session(request, slug, key)
    try:
        actions.go(here=here, goes=request.POST.get("goes") == "yes")
    except Refused as refused:
        messages.error(request, refused.sentence)
    back = safe_next(request, reverse("events:agenda", args=[slug]))
    return redirect(f"{back}#session-{here.session.key}")
