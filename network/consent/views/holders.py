"""Holders: who they are, how they are asked, who belongs to them, by which rules."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from network.consent import actions, policies
from network.consent.enums import Circle, HolderKind
from network.consent.forms import EditHolderForm, HolderForm, PersonForm, ProtocolForm
from network.consent.models import Authority, Holder, KnowledgeItem, Standing
from network.consent.querysets import STEWARD
from network.consent.views.doorway import asked, workspace
from network.foundations.exceptions import StaleEdit
from network.foundations.forms import posted
from network.foundations.pager import paginate


@workspace("GET")
def index(request: HttpRequest) -> HttpResponse:
    found = Holder.objects.visible_to(request.viewer)
    page = paginate(found, ["-id"], request.GET.get("cursor", ""))
    return render(request, "consent/holders/index.html", {"page": page})


@workspace("GET", "POST")
def create(request: HttpRequest) -> HttpResponse:
    if not request.viewer.has(STEWARD):
        raise PermissionDenied(_("Holders and those who decide for them are written down by a steward."))
    form = HolderForm(posted(request))

    def deed() -> str:
        kind = HolderKind(form.cleaned_data["kind"])
        holder = actions.found_holder(kind=kind, **form.described, by=request.viewer)
        return reverse("consent:holder", args=[holder.pk])

    return asked(request, form, "consent/create_holder/index.html", deed)


@workspace("GET", "POST")
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A holder with its people; a steward, or for belonging one of them, adds another."""
    holder = holder_of(request, pk)
    form = PersonForm(posted(request))

    def deed() -> str:
        typed = form.cleaned_data
        actions.attest_standing(holder=holder, user=form.person, by=request.viewer)
        if typed["office"]:
            actions.attest_authority(
                holder=holder, user=form.person, office=typed["office"], basis=typed["basis"],
                voice=typed["voice"], by=request.viewer,
            )  # fmt: skip
        return reverse("consent:holder", args=[holder.pk])

    return asked(request, form, "consent/holder/index.html", deed, holder=holder, **_shown(request, holder))


def _shown(request: HttpRequest, holder: Holder) -> dict[str, Any]:
    """What the page tells, each to whom it may: circles to those who decide, codes to them and stewards."""
    decides = policies.decides_for(request.viewer, holder.pk)
    is_steward = request.viewer.has(STEWARD)
    people = Standing.objects.in_force().filter(holder=holder).select_related("user").order_by("since", "id")
    deciding = Authority.objects.in_force().filter(holder=holder).select_related("user")
    return {
        "people": [(standing, _circles(standing) if decides else []) for standing in people],
        "deciding": deciding.order_by("since", "id"),
        "protocols": holder.protocols.select_related("text"),
        "codes": holder.codes.order_by("-made_at", "-id") if decides or is_steward else [],
        "decides": decides,
        "may_describe": decides or is_steward,
        "may_name_deciders": is_steward,
    }


def _circles(standing: Standing) -> list[Any]:
    return [Circle(circle).label for circle in standing.circles if circle in Circle.values]


@workspace("GET", "POST")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """How the holders wish to be named and asked. Two who edit at once do not undo each other unseen."""
    holder = holder_of(request, pk)
    if not policies.can_describe(request.viewer, holder.pk):
        raise PermissionDenied(_("Only the holders themselves or a steward change this."))
    initial = EditHolderForm.initial_of(holder, actions.holder_mark(holder))
    form = EditHolderForm(posted(request), initial=initial)
    told: dict[str, Holder] = {}

    def deed() -> str:
        try:
            actions.describe_holder(
                holder=holder, **form.described, seen=form.cleaned_data["seen"], by=request.viewer
            )
        except StaleEdit as stale:
            told["stands"] = stale.current
            form.look_again(actions.holder_mark(stale.current))
            raise
        return reverse("consent:holder", args=[holder.pk])

    return asked(request, form, "consent/edit_holder/index.html", deed, holder=holder, told=told)


@workspace("GET", "POST")
def protocol(request: HttpRequest, pk: int) -> HttpResponse:
    """The next version of the holders' own protocol."""
    holder = holder_of(request, pk)
    if not policies.can_describe(request.viewer, holder.pk):
        raise PermissionDenied(_("Only the holders themselves or a steward write down their protocol."))
    newest = holder.protocols.first()
    initial = {"language": newest.language if newest else holder.own_tag}
    items = KnowledgeItem.objects.visible_to(request.viewer)
    form = ProtocolForm(posted(request), holder=holder, items=items, initial=initial)

    def deed() -> str:
        typed = {name: value for name, value in form.cleaned_data.items() if name != "submission_key"}
        actions.record_protocol(holder=holder, **typed, by=request.viewer)
        return reverse("consent:holder", args=[holder.pk])

    return asked(request, form, "consent/protocol/index.html", deed, holder=holder, newest=newest)


def holder_of(request: HttpRequest, pk: int) -> Holder:
    return get_object_or_404(Holder.objects.visible_to(request.viewer), pk=pk)
