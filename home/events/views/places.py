"""One's own place at an event: asking for it, where one stands, giving it back."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communities.views.common import page, refuse
from home.events import actions, policies
from home.events.enums import HOLDING, PlaceState
from home.events.finding import pages_of
from home.events.forms import RegistrationForm
from home.events.models import Desk, EventPage, Registration
from home.events.views.common import around, find_desk
from network.experts.disclosure import cards_for
from network.foundations.exceptions import Refused
from network.foundations.forms import posted
from network.foundations.pager import paginate

_SHOWN = 50
_SAID = {
    PlaceState.CONFIRMED: gettext_lazy("You have a place."),
    PlaceState.WAITING: gettext_lazy("You are on the waiting list."),
    PlaceState.ASKED: gettext_lazy("Your registration has arrived."),
}


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def place(request: HttpRequest, slug: str) -> HttpResponse:
    """Where she stands; where she stands nowhere yet, the form."""
    event, desk = find_desk(request, slug)
    mine = _mine(request, desk)
    if mine is not None:
        return render(request, "events/place/index.html", _standing(request, event, desk, mine))
    form = RegistrationForm(posted(request), event=event, desk=desk)
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.register(viewer=request.viewer, event=event, desk=desk, **form.values())
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _SAID[PlaceState(row.state)])
            return redirect("events:place", slug)
    return page(request, "events/place/index.html", _asking(request, event, desk, form), form)


def _mine(request: HttpRequest, desk: Desk) -> Registration | None:
    return desk.registrations.live().of(request.viewer).select_related("desk", "country").first()


def _asking(request: HttpRequest, event: EventPage, desk: Desk, form: RegistrationForm) -> dict[str, Any]:
    now = timezone.now()
    last = desk.registrations.of(request.viewer).order_by("-number").first()
    return around(
        event,
        desk=desk,
        form=form,
        last=last,
        is_open=desk.is_open(now),
        not_yet=bool(desk.opens_at and now < desk.opens_at),
        full=bool(desk.capacity) and desk.registrations.holding().count() >= (desk.capacity or 0),
        waiting=desk.registrations.waiting().count(),
        can_keep=policies.can_keep(request.viewer, event),
    )


def _standing(request: HttpRequest, event: EventPage, desk: Desk, mine: Registration) -> dict[str, Any]:
    now = timezone.now()
    ahead = None
    if mine.state == PlaceState.WAITING:
        ahead = desk.registrations.waiting().filter(number__lt=mine.number).count()
    return around(
        event,
        desk=desk,
        mine=mine,
        ahead=ahead,
        may_certify=policies.can_take_certificate(mine, desk, now),
        begun=now >= desk.told_start,
        over=now >= desk.told_end,
        has_place=mine.state == PlaceState.CONFIRMED,
        is_offered=mine.state == PlaceState.OFFERED,
        meeting=desk.meeting_url if policies.can_see_meeting(mine, now) else "",
        sees_others=policies.can_see_participants(request.viewer, event, mine, desk),
        can_keep=policies.can_keep(request.viewer, event),
    )


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, slug: str) -> HttpResponse:
    """Say something else than before."""
    event, desk = find_desk(request, slug)
    mine = get_object_or_404(desk.registrations.live().of(request.viewer))
    form = RegistrationForm(posted(request), event=event, desk=desk, place=mine)
    if request.method == "POST" and form.is_valid():
        try:
            actions.amend(viewer=request.viewer, event=event, desk=desk, **form.values())
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("Saved."))
            return redirect("events:place", slug)
    return page(request, "events/place/change.html", around(event, desk=desk, form=form), form)


@login_required
@require_POST
def take(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the place that is offered."""
    _event, desk = find_desk(request, slug)
    try:
        actions.take_offer(viewer=request.viewer, desk=desk)
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, _("You have a place."))
    return redirect("events:place", slug)


@login_required
@require_POST
def give_back(request: HttpRequest, slug: str) -> HttpResponse:
    _event, desk = find_desk(request, slug)
    try:
        actions.give_back(viewer=request.viewer, desk=desk)
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, _("You take no part any more. Thank you for saying so."))
    return redirect("events:place", slug)


@never_cache
@login_required
@require_safe
def participants(request: HttpRequest, slug: str) -> HttpResponse:
    """Those who have a place and want to be seen by the others."""
    event, desk = find_desk(request, slug)
    if not policies.can_see_participants(request.viewer, event, _mine(request, desk), desk):
        raise PermissionDenied(_("Those who have a place see who takes part."))
    listed = desk.registrations.filter(state__in=HOLDING, is_listed=True)
    found = paginate(listed, ["number", "id"], request.GET.get("cursor", ""), _SHOWN)
    cards = cards_for(request.viewer, [row.person_id for row in found])
    people = [cards[row.person_id] for row in found]
    context = around(event, page=found, people=people, number=listed.count())
    return render(request, "events/participants/index.html", context)


@never_cache
@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """All events for which she has registered, the next first; those that are over at the end."""
    rows = Registration.objects.live().of(request.viewer).select_related("desk")
    found = paginate(rows, ["-desk__told_start", "-id"], request.GET.get("cursor", ""), _SHOWN)
    pages = pages_of([row.desk for row in found], request.viewer)
    now = timezone.now()
    events = [(row, pages.get(row.desk_id), row.desk.told_end < now) for row in found]
    return render(request, "events/mine/index.html", {"page": found, "events": events})
