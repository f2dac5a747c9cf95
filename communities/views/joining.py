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
from communities.conduct import code_of
from communities.forms import (
    AnswerForm,
    ByMailForm,
    EntranceForm,
    InvolvementForm,
    JoinForm,
    JoinRequestForm,
    NominationForm,
)
from communities.invitations import invitation_in
from communities.models import Community, Invitation, JoinRequest, Mandate, Membership
from communities.views.common import crumbs, find_community, page, refuse, safe_next, shell
from network.foundations.exceptions import Refused, StaleEdit
from network.foundations.forms import posted


@login_required
def join(request: HttpRequest, slug: str) -> HttpResponse:
    """One door for both ways: joining at once where that is open, asking where it is not.

    Either way the code of conduct is read and agreed to.
    """
    here = find_community(request, slug)
    viewer = request.viewer
    if policies.is_member(viewer, here):
        return redirect("communities:membership", slug)
    asks = policies.can_request(viewer, here)
    if not asks and not policies.can_join(viewer, here):
        raise PermissionDenied(_("One comes into this community by invitation of those who look after it."))
    waiting = here.join_requests.waiting().filter(user=viewer.user_id).first() if asks else None
    sent = request.POST if request.method == "POST" else None
    form = JoinRequestForm(sent, community=here) if asks else JoinForm(sent, community=here)
    if form.is_valid():
        try:
            return _come_in(request, here, form)
        except Refused as refused:
            refuse(form, refused)
    context = shell(request, here, trail=crumbs(here), waiting=waiting, form=form, asks=asks)
    context["conduct"] = code_of(here)
    return page(request, "communities/join/index.html", context, form)


def _come_in(request: HttpRequest, here: Community, form: JoinForm | JoinRequestForm) -> HttpResponse:
    if isinstance(form, JoinRequestForm):
        actions.request_to_join(viewer=request.viewer, community=here, **form.values())
        messages.success(request, _("Your request is on its way. You will hear from the community."))
        return redirect(here)
    actions.join(viewer=request.viewer, community=here, conduct=form.cleaned_data["conduct"])
    return redirect("communities:membership", here.slug)


@login_required
def membership(request: HttpRequest, slug: str) -> HttpResponse:
    """My membership: the welcome, how much I want to be told, the way out."""
    here = find_community(request, slug)
    mine = get_object_or_404(Membership.objects.active(), community=here, user=request.viewer.user_id)
    form = InvolvementForm(posted(request), initial={"involvement": mine.involvement})
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["involvement"]
        actions.set_involvement(viewer=request.viewer, membership=mine, involvement=chosen)
        messages.success(request, _("Saved."))
        return redirect("communities:membership", slug)
    context = shell(request, here, "membership", trail=crumbs(here), membership=mine, form=form)
    spoken = (
        Mandate.objects.standing().whole().with_answers().filter(community=here, user=request.viewer.user_id)
    )
    context |= {"conduct": code_of(here), "mandates": list(spoken.order_by("pk"))}
    context["silence"] = mine.silences.running().first()
    context["mails_of"] = f"community:{here.pk}"
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
def nominate(request: HttpRequest, slug: str) -> HttpResponse:
    """A national focal point sends somebody for her country."""
    here = find_community(request, slug)
    viewer = request.viewer
    if not policies.can_nominate(viewer, here):
        raise PermissionDenied(_("National focal points nominate, where a community is joined that way."))
    form = NominationForm(posted(request), initial={"language": viewer.language}, viewer=viewer)
    if request.method == "POST" and form.is_valid():
        try:
            sent = actions.nominate(viewer=viewer, community=here, **form.cleaned_data)
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("The nomination goes to %(email)s.") % {"email": sent.addressee})
            return redirect("communities:nominate", slug)
    mine = here.invitations.open().filter(invited_by=viewer.user_id).exclude(nominated_for=None)
    context = shell(request, here, trail=crumbs(here), form=form)
    context["invitations"] = mine.select_related("nominated_for").order_by("-invited_at", "-id")[:200]
    return page(request, "communities/nominate/index.html", context, form)


@login_required
def entrance(request: HttpRequest, slug: str) -> HttpResponse:
    """What is asked of those who come: questions, and the code of conduct."""
    here = find_community(request, slug)
    if not policies.can_keep(request.viewer, here):
        raise PermissionDenied(_("This is for those who look after the community."))
    form = EntranceForm(posted(request), community=here)
    stale = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_entrance(viewer=request.viewer, community=here, **form.cleaned_data)
        except StaleEdit as refused:
            stale = refused.current
            form.renew_version(stale)
            refuse(form, refused)
        else:
            messages.success(request, _("Saved."))
            return redirect("communities:entrance", slug)
    context = shell(request, here, "invitations", trail=crumbs(here), form=form, stale=stale)
    context["stale_conduct"] = code_of(stale) if stale else ""
    return page(request, "communities/entrance/index.html", context, form)


@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link in an invitation; whoever holds the letter may read it and come in."""
    try:
        found = invitation_in(token)
    except (signing.BadSignature, Invitation.DoesNotExist):
        raise Http404(_("This link is not complete.")) from None
    here = found.community
    sent = request.POST if request.method == "POST" and request.viewer.is_member else None
    form = JoinForm(sent, community=here)
    if form.is_valid():
        try:
            actions.accept_invitation(viewer=request.viewer, invitation=found, **form.cleaned_data)
            return redirect("communities:membership", here.slug)
        except Refused as refused:
            refuse(form, refused)
    by_mail = ByMailForm(
        request.POST if request.method == "POST" and not request.viewer.is_member else None,
        community=here,
        initial={"language": found.language},
    )
    if by_mail.is_valid():
        typed = {name: by_mail.cleaned_data[name] for name in ("name", "language", "conduct")}
        try:
            actions.come_by_mail(invitation=found, **typed)
            messages.success(request, _("Welcome. From now on you read and answer by mail."))
            return redirect(request.path)
        except Refused as refused:
            refuse(by_mail, refused)
    is_open = Invitation.objects.open().filter(pk=found.pk).exists() and not here.is_closed
    context = {"invitation": found, "community": here, "is_open": is_open, "form": form}
    context["conduct"] = code_of(here)
    context["by_mail"] = by_mail if actions.may_come_by_mail(found) else None
    return page(request, "communities/invitation/index.html", context, form, by_mail)
