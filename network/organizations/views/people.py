"""The people of an organization: inviting, confirming, its officers; and one's own organizations."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from network.foundations.exceptions import Refused
from network.foundations.forms import posted
from network.foundations.pager import paginate
from network.organizations import actions, panels, policies
from network.organizations.models import Affiliation, AffiliationInvitation, Belonging
from network.organizations.own_forms import InvitationForm
from network.organizations.views.organizations import trail, visible

_LARGEST = 2**63 - 1
#: What a button does, and what is said then.
_VERBS: dict[str, tuple[Callable[..., Any], Any]] = {
    "confirm": (actions.confirm_affiliation, gettext_lazy("Confirmed.")),
    "officer": (actions.make_officer, gettext_lazy("Officer from now on.")),
    "hand-over": (actions.hand_over, gettext_lazy("Handed over.")),
    "resign": (actions.end_office, gettext_lazy("No officer any more.")),
    "end": (actions.end_affiliation, gettext_lazy("Ended.")),
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest, slug: str) -> HttpResponse:
    """Those who say that they belong here, those who were asked; officers and the secretariat confirm."""
    organization = visible(request, slug)
    if not policies.can_confirm_people(request.viewer, organization):
        raise PermissionDenied(_("Only officers of the organization and the secretariat confirm its people."))
    form = InvitationForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.invite(viewer=request.viewer, organization=organization, **form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field, refused.sentence)
        else:
            messages.success(request, _("If this address has an account, its owner is asked now."))
            return redirect("organizations:people", slug=slug)
    affiliations = Affiliation.objects.current().filter(organization=organization, person__is_active=True)
    page = paginate(affiliations, ["-since", "-id"], request.GET.get("cursor", ""), size=30)
    cards = panels.cards_for(request.viewer, [affiliation.person_id for affiliation in page])
    context = {
        "organization": organization,
        "page": page,
        "rows": [(affiliation, cards.get(affiliation.person_id)) for affiliation in page],
        "form": form,
        "invited": AffiliationInvitation.objects.waiting().filter(organization=organization)[:100],
        "is_officer": policies.can_act_for(request.viewer, organization),
        "may_end_offices": policies.can_manage_organizations(request.viewer),
        "me": request.viewer.user_id,
        "trail": trail((organization.title, organization.get_absolute_url())),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "organizations/people/index.html", context, status=status)


@login_required
@require_POST
def act(request: HttpRequest, number: int, verb: str) -> HttpResponse:
    """One deed about one person of an organization: by an officer, the secretariat or herself."""
    if verb not in _VERBS:
        raise Http404
    found = get_object_or_404(
        Affiliation.objects.current().select_related("organization"), pk=min(number, _LARGEST)
    )
    own = found.person_id == request.viewer.user_id
    runs = policies.can_confirm_people(request.viewer, found.organization)
    if not own and not runs:
        raise Http404
    deed, said = _VERBS[verb]
    try:
        deed(viewer=request.viewer, affiliation=found)
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, str(said))
    if own or verb == "hand-over":
        return redirect("organizations:mine")
    return redirect("organizations:people", slug=found.organization.slug)


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Who asks me, where I belong, for whom I act and what waits there."""
    me = request.viewer.user_id
    asked = AffiliationInvitation.objects.waiting().filter(person=me).select_related("organization")
    hers = Affiliation.objects.current().filter(person=me).select_related("organization")
    offices = request.viewer.ids("officer")
    context = {
        "asked": asked.order_by("-invited_at", "-pk"),
        "standing": list(hers.order_by("since", "pk")),
        "waiting": Belonging.objects.waiting_for(offices).whole().order_by("asked_at", "pk")[:100],
        "trail": trail(),
    }
    return render(request, "organizations/mine/index.html", context)


@login_required
@require_POST
def answer(request: HttpRequest, number: int, verb: str) -> HttpResponse:
    """Accept or decline an invitation."""
    if verb not in ("accept", "decline"):
        raise Http404
    asked = AffiliationInvitation.objects.filter(person=request.viewer.user_id)
    found = get_object_or_404(asked, pk=min(number, _LARGEST))
    try:
        actions.answer_invitation(viewer=request.viewer, invitation=found, accept=verb == "accept")
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, _("Answered."))
    return redirect("organizations:mine")
