"""Speaking for others: asking, and answering those who ask."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from communities import actions, policies
from communities.forms import MandateAnswerForm, MandateForm
from communities.models import Mandate
from communities.views.common import crumbs, find_community, page, refuse, shell
from network.experts.disclosure import cards_for
from network.foundations.exceptions import Refused
from network.foundations.forms import posted

#: Answered ones that a page still shows.
SHOWN = 100


@login_required
def mine(request: HttpRequest, slug: str) -> HttpResponse:
    """In what capacities I speak here, and asking for another."""
    here = find_community(request, slug)
    viewer = request.viewer
    if not policies.is_member(viewer, here):
        raise PermissionDenied(_("Members of the community speak here."))
    asks = policies.can_write(viewer, here)
    form = MandateForm(posted(request), viewer=viewer) if asks else None
    if form is not None and request.method == "POST" and form.is_valid():
        try:
            asked = actions.ask_mandate(viewer=viewer, community=here, **form.cleaned_data)
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("Granted by your own office.") if asked.granted_at else _sent())
            return redirect("communities:mandates", slug)
    found = (
        Mandate.objects.whole()
        .with_answers()
        .filter(community=here, user=viewer.user_id)
        .prefetch_related("themes")
    )
    context = shell(request, here, "membership", trail=crumbs(here), form=form)
    context["mandates"] = list(found.order_by("-asked_at", "-id")[:SHOWN])
    return page(request, "communities/mandates/index.html", context, form)


def _sent() -> str:
    return _("They are asked. Without an answer it shows as self-declared after ten days.")


@login_required
@require_POST
def end(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    here = find_community(request, slug)
    found = get_object_or_404(Mandate, community=here, user=request.viewer.user_id, pk=pk)
    actions.end_mandate(viewer=request.viewer, mandate=found)
    return redirect("communities:mandates", slug)


@login_required
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """Whoever would speak for my country, my organization, my people: who asks, and who does so already."""
    return _waiting_page(request)


def _waiting_page(request: HttpRequest, sent: MandateAnswerForm | None = None) -> HttpResponse:
    viewer = request.viewer
    found = Mandate.objects.answerable_by(viewer).standing().whole().with_answers()
    found = found.exclude(user=None).select_related("country", "organization", "holder", "community")
    rows = list(found.prefetch_related("themes").order_by("granted_at", "asked_at", "id")[:SHOWN])
    cards = cards_for(viewer, [mandate.user_id for mandate in rows])
    forms = {
        mandate.pk: sent
        if sent is not None and sent.mandate.pk == mandate.pk
        else MandateAnswerForm(mandate=mandate, prefix=f"m{mandate.pk}")
        for mandate in rows
    }
    cases = [
        {"mandate": mandate, "person": cards.get(mandate.user_id), "form": forms[mandate.pk]}
        for mandate in rows
    ]
    context = {
        "trail": crumbs(),
        "asked": [case for case in cases if not case["mandate"].granted_at],
        "granted": [case for case in cases if case["mandate"].granted_at],
    }
    return page(request, "communities/mandates_waiting/index.html", context, sent)


@login_required
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Grant, decline or withdraw, as the pressed button says."""
    found = get_object_or_404(Mandate.objects.answerable_by(request.viewer).whole(), pk=pk)
    form = MandateAnswerForm(request.POST, mandate=found, prefix=f"m{found.pk}")
    if not form.is_valid():
        return _waiting_page(request, form)
    try:
        _DEEDS[form.cleaned_data["decision"]](request, found, form.cleaned_data)
    except Refused as refused:
        refuse(form, refused)
        return _waiting_page(request, form)
    return redirect("communities:mandates_waiting")


_DEEDS: dict[str, Callable[[HttpRequest, Mandate, dict], object]] = {
    "grant": lambda request, mandate, said: actions.grant_mandate(
        viewer=request.viewer, mandate=mandate, until=said["until"]
    ),
    "decline": lambda request, mandate, said: actions.decline_mandate(
        viewer=request.viewer, mandate=mandate, reason=said["reason"]
    ),
    "withdraw": lambda request, mandate, said: actions.withdraw_mandate(
        viewer=request.viewer, mandate=mandate, reason=said["reason"]
    ),
}
