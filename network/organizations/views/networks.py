"""Which networks an organization belongs to, and who belongs to it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from network.foundations.exceptions import Refused
from network.foundations.forms import posted
from network.organizations import actions
from network.organizations.actions.networks import speaks_for
from network.organizations.models import Belonging, Organization
from network.organizations.own_forms import BelongingForm
from network.organizations.views.organizations import trail, visible

_LARGEST = 2**63 - 1


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def networks(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that one belongs to the other, and see what the other side has said."""
    organization = visible(request, slug)
    if not speaks_for(request.viewer, organization):
        raise PermissionDenied(_("Only officers of the organization say where it belongs."))
    form = BelongingForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            _ask(request, organization, form)
        except Refused as refused:
            form.add_error(refused.field, refused.sentence)
        else:
            messages.success(request, _("Said. The other side confirms it."))
            return redirect("organizations:networks", slug=slug)
    rows = Belonging.objects.open().whole().filter(Q(member=organization) | Q(network=organization))
    context = {
        "organization": organization,
        "form": form,
        "rows": [(row, _waits(row, organization)) for row in rows.order_by("since", "pk")[:300]],
        "trail": trail((organization.title, organization.get_absolute_url())),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "organizations/networks/index.html", context, status=status)


def _ask(request: HttpRequest, organization: Organization, form: BelongingForm) -> None:
    other = form.cleaned_data["name"]
    ours = form.cleaned_data["side"] == "network"
    actions.ask_belonging(
        viewer=request.viewer,
        member=organization if ours else other,
        network=other if ours else organization,
        since=form.cleaned_data["since"],
    )


def _waits(row: Belonging, organization: Organization) -> str:
    """Whose word is missing: ``us``, ``them`` or nobody's."""
    if row.member_confirmed_at and row.network_confirmed_at:
        return ""
    missing = row.member_id if row.member_confirmed_at is None else row.network_id
    return "us" if missing == organization.pk else "them"


@login_required
@require_POST
def act(request: HttpRequest, number: int, verb: str) -> HttpResponse:
    """Confirm or end."""
    deed = {"confirm": actions.confirm_belonging, "end": actions.end_belonging}.get(verb)
    found = get_object_or_404(Belonging.objects.whole(), pk=min(number, _LARGEST))
    ours = [side for side in (found.member, found.network) if speaks_for(request.viewer, side)]
    if deed is None or not ours:
        raise Http404
    try:
        deed(viewer=request.viewer, belonging=found)
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, _("Noted."))
    return redirect("organizations:networks", slug=ours[0].slug)
