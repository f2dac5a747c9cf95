"""Who may read: proposing a wider circle, answering for one's own words, opening."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from communities.forums import actions, policies
from communities.forums.actions.widening import agreed_by, authors_of
from communities.forums.forms.audience import WideningAnswerForm, WideningForm
from communities.forums.models import Widening
from communities.models import Community
from communities.policies import is_member
from communities.views.common import crumbs, find_community, page, refuse, shell
from network.foundations.exceptions import Refused
from network.foundations.forms import posted


@login_required
def audience(request: HttpRequest, community: str) -> HttpResponse:
    """The proposals of a community, and making one."""
    here = _for_members(request, community)
    proposes = policies.can_widen(request.viewer, here)
    form = WideningForm(posted(request), community=here) if proposes else None
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            made = actions.propose(viewer=request.viewer, community=here, **form.cleaned_data)
        except Refused as refused:
            refuse(form, refused)
        else:
            return redirect("forums:widening", here.slug, made.pk)
    found = Widening.objects.filter(community=here).select_related("forum").order_by("-proposed_at", "-id")
    context = shell(request, here, trail=crumbs(here), form=form, widenings=found[:50])
    return page(request, "forums/audience/index.html", context, form)


def _for_members(request: HttpRequest, slug: str) -> Community:
    here = find_community(request, slug)
    if not (is_member(request.viewer, here) or policies.can_widen(request.viewer, here)):
        raise PermissionDenied(_("This is for members of the community."))
    return here


def _found(here: Community, pk: int) -> Widening:
    return get_object_or_404(Widening.objects.select_related("community", "forum"), community=here, pk=pk)


@login_required
@require_safe
def widening(request: HttpRequest, community: str, pk: int) -> HttpResponse:
    """One proposal: why, how many agree, and my own answer."""
    here = _for_members(request, community)
    found = _found(here, pk)
    authors, agreed = authors_of(found), agreed_by(found)
    viewer = request.viewer
    mine = found.answers.filter(user=viewer.user_id).order_by("-id").first()
    context = shell(
        request,
        here,
        trail=crumbs(here),
        widening=found,
        authors=len(authors),
        agreed=len(authors & agreed),
        is_asked=viewer.user_id in authors and not found.withdrawn_at,
        mine=mine,
        can_widen=policies.can_widen(viewer, here) and found.is_open,
    )
    return page(request, "forums/widening/index.html", context)


@login_required
@require_POST
def decide(request: HttpRequest, community: str, pk: int) -> HttpResponse:
    """Agree or not, for one's own words; open, or take the proposal back: as the pressed button says."""
    here = _for_members(request, community)
    found = _found(here, pk)
    form = WideningAnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose one of the answers."))
        return redirect("forums:widening", here.slug, pk)
    said = form.cleaned_data["decision"]
    try:
        if said in ("agree", "keep"):
            actions.answer(viewer=request.viewer, widening=found, agrees=said == "agree")
        elif said == "open":
            actions.open_wider(viewer=request.viewer, widening=found)
        else:
            actions.take_back(viewer=request.viewer, widening=found)
        messages.success(request, _("Recorded."))
    except Refused as refused:
        messages.error(request, refused.sentence)
    return redirect("forums:widening", here.slug, pk)
