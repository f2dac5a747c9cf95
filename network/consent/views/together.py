"""What holders decide together, and what others warn them of."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from network.consent import actions, policies
from network.consent.forms import AgreeForm, ConfirmForm, FlagForm
from network.consent.models import Flag, Proposal
from network.consent.views.doorway import asked, item_of, known_item, members, workspace
from network.consent.views.requests import DAY
from network.consent.views.telling import proposal_told
from network.foundations.forms import posted
from network.foundations.ratelimit import limit, who_is


@workspace("GET", "POST")
def proposal(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """What was proposed, in plain words; those whose voice is missing agree here."""
    item = item_of(request, pk)
    found = get_object_or_404(Proposal.objects.select_related("item", "holder"), item=item, pk=number)
    may_sign = actions.may_sign(item, found.holder, request.viewer) if found.closed_at is None else []
    told = proposal_told(found, request.viewer)
    missing = [a for a in may_sign if a not in told["signed"]]
    if request.method == "POST" and not missing:
        raise PermissionDenied(_("Only somebody who decides and has not agreed yet can agree."))
    form = AgreeForm(posted(request), authorities=missing)

    def deed() -> str:
        record = actions.agree(proposal=found, authorities=form.agreeing, by=request.viewer)
        return item.get_absolute_url() if record else found.get_absolute_url()

    context = {"item": item, "may_agree": missing, **told}
    context["may_decline"] = found.closed_at is None and policies.can_decline(request.viewer, found.holder_id)
    return asked(request, form, "consent/proposal/index.html", deed, **context)


@workspace("GET", "POST")
def decline(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    item = item_of(request, pk)
    found = get_object_or_404(Proposal.objects.open().select_related("holder"), item=item, pk=number)
    if not policies.can_decline(request.viewer, found.holder_id):
        raise PermissionDenied(_("Only somebody who decides for the holders can answer."))
    form = ConfirmForm(posted(request))

    def deed() -> str:
        actions.decline(proposal=found, by=request.viewer)
        return item.get_absolute_url()

    return asked(request, form, "consent/decline/index.html", deed, item=item, proposal=found)


@members("GET", "POST")
def warn(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Others tell the holders that something may not be shared rightly; nothing is frozen by that."""
    item = known_item(request, pk)
    form = FlagForm(posted(request), viewer=request.viewer)

    def deed() -> str:
        limit("consent.warn", who_is(request), times=10, seconds=DAY)
        typed = form.cleaned_data
        actions.flag(item=item, text=typed["text"], language=typed["language"], by=request.viewer)
        messages.info(request, _("The holders have your warning. What follows is for them to say."))
        return reverse("consent:about", args=[item.pk])

    return asked(request, form, "consent/warn/index.html", deed, item=item)


@workspace("GET", "POST")
def settle(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    item = item_of(request, pk)
    found = get_object_or_404(Flag.objects.open(), item=item, pk=number)
    form = ConfirmForm(posted(request))

    def deed() -> str:
        actions.settle_flag(flag=found, by=request.viewer)
        return item.get_absolute_url()

    return asked(request, form, "consent/settle/index.html", deed, item=item, flag=found)
