"""Requests: asking holders, the conversation, their answer."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from network.consent import actions, policies
from network.consent.exits import WORKSPACE
from network.consent.forms import AskForm, ConfirmForm, MessageForm, RefuseForm
from network.consent.models import ConsentRequest
from network.consent.presets import asked_for
from network.consent.views.doorway import asked, known_item, members, uploaded
from network.consent.views.telling import request_told
from network.foundations.forms import posted
from network.foundations.pager import paginate
from network.foundations.ratelimit import limit, who_is

DAY = 24 * 60 * 60


@members("GET", "POST")
def ask(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A request in plain words, with what cannot be undone before it is sent."""
    item = known_item(request, pk)
    form = AskForm(posted(request), uploaded(request), viewer=request.viewer, item=item)

    def deed() -> str:
        limit("consent.ask", who_is(request), times=10, seconds=DAY)
        typed = form.cleaned_data
        return actions.ask(
            item=item,
            preset=typed["preset"],
            audience=typed.get("audience", ""),
            until=typed["until"],
            purpose=typed["purpose"],
            language=typed["language"],
            file=typed["file"],
            by=request.viewer,
        ).get_absolute_url()

    earlier = ConsentRequest.objects.waiting().by(request.viewer).filter(item=item).first()
    holders = list(item.holders.order_by("id"))
    return asked(request, form, "consent/ask/index.html", deed, item=item, earlier=earlier, holders=holders)


@members("GET")
def index(request: HttpRequest) -> HttpResponse:
    """Her own requests, or with ``?to=us`` those to the holders to whom she belongs or whom she serves."""
    viewer = request.viewer
    serves = policies.can_enter(viewer)
    to_us = serves and request.GET.get("to") == "us"
    found = ConsentRequest.objects.to_people_of(viewer) if to_us else ConsentRequest.objects.by(viewer)
    found = found.select_related("item", "requester").prefetch_related("item__holders")
    page = paginate(found, ["-asked_at", "id"], request.GET.get("cursor", ""))
    url = reverse("consent:requests")
    tabs = [
        {"label": _("My requests"), "url": url, "current": not to_us},
        {"label": _("Asked of us"), "url": f"{url}?to=us", "current": to_us},
    ]
    context = {"page": page, "to_us": to_us, "tabs": tabs if serves else []}
    return render(request, "consent/requests/index.html", context)


@members("GET", "POST")
def detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The conversation, and for the holders' side what they may answer."""
    wish = _visible(request, pk)
    viewer = request.viewer
    may_write = policies.can_write(viewer, wish)
    form = MessageForm(posted(request), uploaded(request), viewer=viewer)
    if request.method == "POST" and not may_write:
        raise PermissionDenied(_("Only whoever asked and the holders’ own people talk here."))

    def deed() -> str:
        limit("consent.write", who_is(request), times=60, seconds=60 * 60)
        typed = form.cleaned_data
        actions.write(
            request=wish, text=typed["text"], language=typed["language"], file=typed["file"], by=viewer
        )
        return wish.get_absolute_url()

    return asked(
        request, form, "consent/request/index.html", deed, may_write=may_write, **_context(wish, request)
    )


def _context(wish: ConsentRequest, request: HttpRequest) -> dict[str, Any]:
    viewer = request.viewer
    serves = policies.serves(viewer, wish.item)
    preset = asked_for(wish.preset, wish.requester_id)
    fits = bool(preset) and wish.item.exposure in preset.exposures
    return {
        "told": request_told(wish, viewer),
        "wish": wish,
        "item": wish.item,
        "holders": list(wish.item.holders.order_by("id")),
        # The first is what she asks for, which stands above.
        "messages_said": list(wish.messages.select_related("by")[1:]),
        "is_hers": viewer.user_id == wish.requester_id,
        "serves": serves,
        "may_answer": wish.is_waiting and policies.can_answer(viewer, wish),
        "fits": fits,
    }


@members("GET", "POST")
def refuse(request: HttpRequest, pk: UUID) -> HttpResponse:
    wish = _answerable(request, pk)
    form = RefuseForm(posted(request))

    def deed() -> str:
        actions.refuse(request=wish, tell=form.cleaned_data["tell"] == "yes", by=request.viewer)
        return wish.get_absolute_url()

    return asked(request, form, "consent/refuse/index.html", deed, told=request_told(wish, request.viewer))


@members("GET", "POST")
def deliberate(request: HttpRequest, pk: UUID) -> HttpResponse:
    wish = _answerable(request, pk)
    deed = _then_back(wish, lambda: actions.deliberate(request=wish, by=request.viewer))
    return asked(request, ConfirmForm(posted(request)), "consent/deliberate/index.html", deed, wish=wish)


@members("GET", "POST")
def take_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    wish = _visible(request, pk)
    if request.viewer.user_id != wish.requester_id:
        raise PermissionDenied(_("Only whoever asked can take it back."))
    deed = _then_back(wish, lambda: actions.take_back(request=wish, by=request.viewer))
    return asked(request, ConfirmForm(posted(request)), "consent/take_back/index.html", deed, wish=wish)


def _then_back(wish: ConsentRequest, do: Callable[[], None]) -> Callable[[], str]:
    def deed() -> str:
        do()
        return wish.get_absolute_url()

    return deed


def _visible(request: HttpRequest, pk: UUID) -> ConsentRequest:
    """What she may see of it she reads in the holders' workspace if she is one of them, else as a member."""
    found = ConsentRequest.objects.visible_to(request.viewer).select_related("item", "requester")
    wish = get_object_or_404(found, pk=pk)
    if policies.serves(request.viewer, wish.item):
        request.consent_exit = WORKSPACE
    return wish


def _answerable(request: HttpRequest, pk: UUID) -> ConsentRequest:
    wish = _visible(request, pk)
    if not policies.serves(request.viewer, wish.item):
        raise Http404
    if not policies.can_answer(request.viewer, wish):
        raise PermissionDenied(_("Only somebody who decides for the holders can answer."))
    return wish
