"""Holders and their people."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from network.consent import actions
from network.consent.forms import HolderForm, PersonForm
from network.consent.models import Authority, Holder, Standing
from network.consent.querysets import STEWARD
from network.consent.views.doorway import asked, posted, workspace
from network.foundations.pager import paginate


@workspace("GET")
def index(request: HttpRequest) -> HttpResponse:
    found = Holder.objects.visible_to(request.viewer)
    page = paginate(found, ["-id"], request.GET.get("cursor", ""))
    return render(request, "consent/holders/index.html", {"page": page})


@workspace("GET", "POST")
def create(request: HttpRequest) -> HttpResponse:
    _stewards_only(request)
    form = HolderForm(posted(request))

    def deed() -> str:
        typed = form.cleaned_data
        holder = actions.found_holder(
            kind=typed["kind"],
            names={request.viewer.language: typed["own_name"]},
            attribution=typed["attribution"],
            contact=typed["contact"],
            withheld_words=typed["withheld_words"],
            by=request.viewer,
        )
        return reverse("consent:holder", args=[holder.pk])

    return asked(request, form, "consent/create_holder/index.html", deed)


@workspace("GET", "POST")
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The people of a holder; a steward, or for belonging one of them, adds another."""
    found = get_object_or_404(Holder.objects.visible_to(request.viewer), pk=pk)
    form = PersonForm(posted(request))

    def deed() -> str:
        typed = form.cleaned_data
        actions.attest_standing(holder=found, user=form.person, by=request.viewer)
        if typed["office"]:
            actions.attest_authority(
                holder=found,
                user=form.person,
                office=typed["office"],
                basis=typed["basis"],
                by=request.viewer,
            )
        return reverse("consent:holder", args=[found.pk])

    people = Standing.objects.in_force().filter(holder=found).select_related("user").order_by("since", "id")
    deciding = (
        Authority.objects.in_force().filter(holder=found).select_related("user").order_by("since", "id")
    )
    return asked(
        request, form, "consent/holder/index.html", deed, holder=found, people=people, deciding=deciding
    )


def _stewards_only(request: HttpRequest) -> None:
    if not request.viewer.has(STEWARD):
        raise PermissionDenied(_("Holders and those who decide for them are written down by a steward."))
