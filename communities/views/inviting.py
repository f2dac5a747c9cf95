"""Inviting people, one or many, and seeing who has not answered."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from communities import actions, policies
from communities.addresses import Checked, check
from communities.forms import InvitationForm, ManyForm
from communities.models import Community, Invitation
from communities.views.common import crumbs, find_community, page, refuse, shell
from network.experts.models import ExpertProfile
from network.foundations.exceptions import Refused
from network.foundations.forms import posted
from network.foundations.pager import paginate
from network.foundations.ratelimit import limit, who_is


def _inviting(request: HttpRequest, slug: str) -> Community:
    here = find_community(request, slug)
    if not policies.can_facilitate(request.viewer, here):
        raise PermissionDenied(_("Those who look after the community invite people."))
    if here.is_closed:
        raise PermissionDenied(_("This community is closed. Nobody is invited any more."))
    return here


@never_cache
@login_required
def invitations(request: HttpRequest, slug: str) -> HttpResponse:
    """Invite somebody, by address or (``?person=``) by name, and see who has not answered yet."""
    here = _inviting(request, slug)
    viewer = request.viewer
    person = _person(request)
    form = InvitationForm(
        posted(request),
        initial={"language": person.user.language if person else viewer.language},
        viewer=viewer,
        community=here,
        by_name=person is not None,
    )
    if request.method == "POST" and form.is_valid():
        named = {"person": person.user} if person else {}
        try:
            sent = actions.invite(viewer=viewer, community=here, **named, **form.cleaned_data)
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("An invitation goes to %(email)s.") % {"email": sent.addressee})
            return redirect("communities:invitations", slug)
    open_ones = here.invitations.open()
    rows = paginate(
        open_ones.select_related("person"), ["-invited_at", "-id"], request.GET.get("cursor", ""), size=50
    )
    context = shell(
        request,
        here,
        "invitations",
        trail=crumbs(here),
        page=rows,
        form=form,
        person=person,
        letters=open_ones.aggregate(all=Count("pk"), sent=Count("sent_at")),
    )
    return page(request, "communities/invitations/index.html", context, form)


def _person(request: HttpRequest) -> ExpertProfile | None:
    """Somebody of the directory whose name the viewer may see, by the address of her page."""
    slug = request.GET.get("person", "")
    if not slug:
        return None
    if "\x00" in slug:  # PostgreSQL looks for no such text
        raise Http404
    return get_object_or_404(ExpertProfile.objects.visible_to(request.viewer).for_cards(), slug=slug)


@never_cache
@login_required
@sensitive_post_parameters("addresses")
def many(request: HttpRequest, slug: str) -> HttpResponse:
    """Hundreds of addresses: first it is shown what would become of each, then the letters go."""
    here = _inviting(request, slug)
    viewer = request.viewer
    form = ManyForm(
        posted(request),
        request.FILES or None,
        initial={"language": viewer.language},
        viewer=viewer,
        community=here,
    )
    checked: Checked | None = None
    if request.method == "POST" and form.is_valid():
        checked = check(here, form.cleaned_data["text"])
        form.gather()
        if "send" in request.POST:
            try:
                return _sent(request, here, form, checked)
            except Refused as refused:
                refuse(form, refused)
    trail = crumbs(here, (_("Invitations"), reverse("communities:invitations", args=[slug])))
    context = shell(request, here, "invitations", trail=trail, form=form, checked=checked)
    return page(request, "communities/invite_many/index.html", context, form)


def _sent(request: HttpRequest, here: Community, form: ManyForm, checked: Checked) -> HttpResponse:
    limit("communities.invite_many", who_is(request), times=10, seconds=3600)
    sent = actions.invite_many(
        viewer=request.viewer,
        community=here,
        addresses=checked.valid,
        role=form.cleaned_data["role"],
        language=form.cleaned_data["language"],
    )
    told = ngettext("%(n)d invitation is on its way.", "%(n)d invitations are on their way.", len(sent))
    messages.success(request, told % {"n": len(sent)})
    return redirect("communities:invitations", here.slug)


@login_required
@require_POST
def remind(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    return _answered(request, slug, pk, actions.remind, _("The letter goes out again."))


@login_required
@require_POST
def withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    return _answered(request, slug, pk, actions.withdraw_invitation)


def _answered(request: HttpRequest, slug: str, pk: int, deed, said: str = "") -> HttpResponse:
    """Do ``deed`` with an invitation, and go back to where it stood in a list."""
    here = find_community(request, slug)
    caring = policies.can_facilitate(request.viewer, here)
    if not caring and not policies.can_nominate(request.viewer, here):
        raise PermissionDenied(_("Those who look after the community invite people."))
    invitation = get_object_or_404(Invitation, community=here, pk=pk)
    try:
        deed(viewer=request.viewer, invitation=invitation)
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        if said:
            messages.success(request, said)
    return redirect("communities:invitations" if caring else "communities:nominate", slug)
