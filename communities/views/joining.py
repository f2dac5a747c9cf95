"""Ways in and out."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from communities import actions, policies
from communities.forms import AnswerForm, InvitationForm, InvolvementForm, JoinRequestForm
from communities.invitations import invitation_in
from communities.models import Invitation, JoinRequest, Membership
from communities.views.common import crumbs, find_community, page, refuse, safe_next, shell
from network.foundations.exceptions import Refused


@login_required
def join(request: HttpRequest, slug: str) -> HttpResponse:
    """One door for both ways: joining at once where that is open, asking where it is not."""
    here = find_community(request, slug)
    viewer = request.viewer
    if policies.is_member(viewer, here):
        return redirect("communities:membership", slug)
    asks = policies.can_request(viewer, here)
    if not asks and not policies.can_join(viewer, here):
        raise PermissionDenied(_("One comes into this community by invitation of those who look after it."))
    form = JoinRequestForm(request.POST or None) if asks else None
    waiting = here.join_requests.waiting().filter(user=viewer.user_id).first() if asks else None
    refusal = ""
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            if form is None:
                actions.join(viewer=viewer, community=here)
                return redirect("communities:membership", slug)
            actions.request_to_join(viewer=viewer, community=here, message=form.cleaned_data["message"])
            messages.success(request, _("Your request is on its way. You will hear from the community."))
            return redirect(here)
        except Refused as refused:
            refusal = refused.sentence
            if form is not None:
                refuse(form, refused)
    context = shell(request, here, trail=crumbs(here), waiting=waiting, refusal=refusal, form=form)
    response = page(request, "communities/join/index.html", context, form)
    if refusal:
        response.status_code = 422
    return response


@login_required
def membership(request: HttpRequest, slug: str) -> HttpResponse:
    """My membership: the welcome, how much I want to be told, the way out."""
    here = find_community(request, slug)
    mine = get_object_or_404(Membership.objects.active(), community=here, user=request.viewer.user_id)
    form = InvolvementForm(request.POST or None, initial={"involvement": mine.involvement})
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["involvement"]
        actions.set_involvement(viewer=request.viewer, membership=mine, involvement=chosen)
        messages.success(request, _("Saved."))
        return redirect("communities:membership", slug)
    context = shell(request, here, "membership", trail=crumbs(here), membership=mine, form=form)
    return page(request, "communities/membership/index.html", context, form)


@login_required
@require_POST
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    here = find_community(request, slug)
    try:
        actions.leave(viewer=request.viewer, community=here)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("communities:membership", slug)
    messages.success(request, _("You have left the community. What you wrote stays under your name."))
    return redirect("communities:list")


@login_required
@require_POST
def withdraw_request(request: HttpRequest, slug: str) -> HttpResponse:
    here = find_community(request, slug)
    waiting = get_object_or_404(here.join_requests.waiting(), user=request.viewer.user_id)
    try:
        actions.withdraw_request(viewer=request.viewer, request=waiting)
    except Refused as refused:
        messages.error(request, refused.sentence)
    return redirect(here)


@login_required
@require_POST
def answer(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Accept or decline a request to join."""
    here = find_community(request, slug)
    if not policies.can_facilitate(request.viewer, here):
        raise PermissionDenied(_("This is for those who look after the community."))
    asked = get_object_or_404(JoinRequest, community=here, pk=pk)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        context = shell(request, here, trail=crumbs(here), asked=asked, form=form)
        context["next"] = safe_next(request, "")
        return page(request, "communities/answer/index.html", context, form)
    try:
        actions.answer_request(viewer=request.viewer, request=asked, **form.cleaned_data)
    except Refused as refused:
        messages.error(request, refused.sentence)
    return redirect(safe_next(request, here.get_absolute_url()))


@login_required
def invitations(request: HttpRequest, slug: str) -> HttpResponse:
    """Invite people and see who has not answered yet."""
    here = find_community(request, slug)
    viewer = request.viewer
    if not policies.can_facilitate(viewer, here):
        raise PermissionDenied(_("Those who look after the community invite people."))
    form = InvitationForm(request.POST or None, initial={"language": viewer.language})
    if request.method == "POST" and form.is_valid():
        try:
            sent = actions.invite(viewer=viewer, community=here, **form.cleaned_data)
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("An invitation goes to %(email)s.") % {"email": sent.email})
            return redirect("communities:invitations", slug)
    unanswered = here.invitations.open().order_by("-invited_at", "-id")[:200]
    context = shell(request, here, "invitations", trail=crumbs(here), invitations=unanswered, form=form)
    return page(request, "communities/invitations/index.html", context, form)


@login_required
@require_POST
def withdraw_invitation(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    here = find_community(request, slug)
    if not policies.can_facilitate(request.viewer, here):
        raise PermissionDenied(_("Those who look after the community invite people."))
    invitation = get_object_or_404(Invitation, community=here, pk=pk)
    try:
        actions.withdraw_invitation(viewer=request.viewer, invitation=invitation)
    except Refused as refused:
        messages.error(request, refused.sentence)
    return redirect("communities:invitations", slug)


@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link in an invitation; whoever holds the letter may read it and come in."""
    try:
        found = invitation_in(token)
    except (signing.BadSignature, Invitation.DoesNotExist):
        raise Http404(_("This link is not complete.")) from None
    refusal = ""
    if request.method == "POST" and request.viewer.is_member:
        try:
            actions.accept_invitation(viewer=request.viewer, invitation=found)
            return redirect("communities:membership", found.community.slug)
        except Refused as refused:
            refusal = refused.sentence
    is_open = Invitation.objects.open().filter(pk=found.pk).exists() and not found.community.is_closed
    context = {"invitation": found, "community": found.community, "is_open": is_open, "refusal": refusal}
    response = page(request, "communities/invitation/index.html", context)
    response.status_code = 422 if refusal else 200
    return response
