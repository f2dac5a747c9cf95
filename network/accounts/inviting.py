"""Pages on which people are asked into the network, and answer."""

from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from network.accounts import actions, invitations, policies
from network.accounts.forms import InviteForm, JoinForm
from network.accounts.models import Invitation, User
from network.foundations.exceptions import Refused
from network.foundations.forms import posted
from network.foundations.pager import paginate
from network.foundations.ratelimit import limited


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@limited("invite-people", times=60, seconds=3600)
def invite(request: HttpRequest) -> HttpResponse:
    """Those whom one has asked in, and a form for the next one."""
    viewer = request.viewer
    if not policies.can_invite_at_all(viewer):
        raise PermissionDenied(_("Administrators and national focal points invite people."))
    form = InviteForm(posted(request), viewer=viewer)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.invite(
                by=viewer,
                email=data["email"],
                language=data["language"],
                behalf=data.get("behalf", ""),
                role=data.get("role", ""),
            )
        except Refused as refused:
            form.add_error(refused.field, refused.sentence)
        except PermissionDenied as denied:
            form.add_error(None, str(denied))
        else:
            messages.success(request, _("The letter is on its way."))
            return redirect("accounts:invitations")
    sent = Invitation.objects.filter(invited_by=request.user)
    context = {
        "form": form,
        "page": paginate(sent, ["-sent_at", "-id"], request.GET.get("cursor", "")),
        "names": invitations.behalves_of(viewer),
    }
    return render(request, "accounts/invitations/index.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    invitation = get_object_or_404(Invitation, pk=pk, invited_by=request.user)
    try:
        actions.withdraw_invitation(by=request.viewer, invitation=invitation)
    except Refused as refused:
        messages.info(request, refused.sentence)
    else:
        messages.success(request, _("The invitation is withdrawn."))
    return redirect("accounts:invitations")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limited("answer-invitation", times=30, seconds=300)
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """What the letter leads to: a new account, or one more thing for the one that she has."""
    invitation = invitations.invitation_in(token)
    if invitation is None:
        raise Http404
    if not invitation.is_open:
        return render(request, "accounts/invitation/over.html", status=410)
    has_account = User.objects.filter(email__iexact=invitation.email).exists()
    context = {"invitation": invitation, "has_account": has_account}
    if has_account:
        return _accept(request, invitation, context)
    form = JoinForm(posted(request), initial={"language": get_language()})
    if request.method == "POST" and form.is_valid():
        try:
            person = actions.join(
                invitation=invitation,
                name=form.cleaned_data["name"],
                language=form.cleaned_data["language"],
            )
        except Refused as refused:
            form.add_error(refused.field, refused.sentence)
        else:
            return perform_login(request, person, email_verification="none")
    context["form"] = form
    return render(request, "accounts/invitation/index.html", context, status=422 if form.errors else 200)


def _accept(request: HttpRequest, invitation: Invitation, context: dict) -> HttpResponse:
    hers = request.user.is_authenticated and request.user.email.lower() == invitation.email.lower()
    if request.method == "POST":
        if not hers:
            raise PermissionDenied(_("Sign in with the account that the letter went to."))
        try:
            actions.accept_invitation(invitation=invitation, person=request.user)
        except Refused as refused:
            messages.info(request, refused.sentence)
        else:
            messages.success(request, _("You have accepted."))
        return redirect("accounts:home")
    return render(request, "accounts/invitation/index.html", {**context, "hers": hers})
