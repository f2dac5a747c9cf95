"""The people of a holder, one by one: their circles, and that they belong no longer."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from network.consent import actions, policies
from network.consent.forms import CirclesForm, ConfirmForm
from network.consent.models import Attestation, Authority, Standing
from network.consent.views.doorway import asked, workspace
from network.consent.views.holders import holder_of
from network.foundations.forms import posted


@workspace("GET", "POST")
def circles(request: HttpRequest, pk: int, standing_id: int) -> HttpResponse:
    holder = holder_of(request, pk)
    if not policies.decides_for(request.viewer, holder.pk):
        raise PermissionDenied(_("Only somebody who decides for the holders says who is in a circle."))
    standing = get_object_or_404(Standing.objects.in_force(), holder=holder, pk=standing_id)
    form = CirclesForm(posted(request), initial={"circles": standing.circles})

    def deed() -> str:
        actions.set_circles(standing=standing, circles=form.cleaned_data["circles"], by=request.viewer)
        return reverse("consent:holder", args=[holder.pk])

    return asked(request, form, "consent/circles/index.html", deed, holder=holder, standing=standing)


@workspace("GET", "POST")
def end_standing(request: HttpRequest, pk: int, standing_id: int) -> HttpResponse:
    return _end(request, pk, Standing, standing_id)


@workspace("GET", "POST")
def end_authority(request: HttpRequest, pk: int, authority_id: int) -> HttpResponse:
    return _end(request, pk, Authority, authority_id)


def _end(request: HttpRequest, pk: int, kind: type[Attestation], attestation_id: int) -> HttpResponse:
    holder = holder_of(request, pk)
    attestation = get_object_or_404(kind.objects.in_force(), holder=holder, pk=attestation_id)
    if not policies.can_end(request.viewer, attestation):
        raise PermissionDenied(_("Only a steward, or somebody who decides for the holders, ends this."))
    form = ConfirmForm(posted(request))

    def deed() -> str:
        actions.end_attestation(attestation=attestation, by=request.viewer)
        # Whoever ended her own may have no workspace any more.
        own = attestation.user_id == request.user.pk
        return "/" if own else reverse("consent:holder", args=[holder.pk])

    return asked(
        request, form, "consent/end_attestation/index.html", deed, holder=holder, attestation=attestation
    )
