"""Pages on which somebody makes one of two accounts of hers, and two again."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from network.accounts import actions, merge_links, merging, policies
from network.accounts.forms import OtherAccountForm
from network.accounts.models import UNDO_DAYS, PersonMerge
from network.foundations.exceptions import Refused
from network.foundations.forms import posted
from network.foundations.ratelimit import limited


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@limited("merge-accounts", times=10, seconds=3600)
def index(request: HttpRequest) -> HttpResponse:
    """Which other account is hers; below, what was merged here and can be undone."""
    form = OtherAccountForm(posted(request))
    if request.method == "POST" and form.is_valid():
        actions.ask_to_merge(person=request.user, email=form.cleaned_data["email"])
        messages.success(
            request, _("If there is another account with this address, a letter is on its way to it.")
        )
        return redirect("accounts:merge")
    context = {
        "form": form,
        "likenesses": [found for told in merging.likenesses for found in told(request.viewer)],
        "merges": PersonMerge.objects.filter(kept=request.user).select_related("gone", "by").order_by("-pk"),
        "hours": merge_links.HOURS,
        "days": UNDO_DAYS,
    }
    return render(request, "accounts/merge/index.html", context, status=422 if form.errors else 200)


@never_cache
@login_required
@reauthentication_required
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """What the letter leads to: what would follow, then yes."""
    gone = merge_links.asked_in(token, request.viewer.user_id)
    if gone is None:
        return render(request, "accounts/merge/over.html", status=410)
    against = merging.objection(gone, request.user, request.viewer)
    if request.method == "POST":
        try:
            actions.merge_own(viewer=request.viewer, token=token)
        except Refused as refused:
            against = refused.sentence
        else:
            messages.success(request, _("The two accounts are one now."))
            return redirect("accounts:merge")
    context = {
        "gone": gone,
        "against": against,
        "follows": sorted(merging.merging.counts(gone).items()),
        "days": UNDO_DAYS,
    }
    status = 422 if against and request.method == "POST" else 200
    return render(request, "accounts/merge/confirm.html", context, status=status)


@login_required
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    merge = get_object_or_404(PersonMerge, pk=pk)
    if not policies.can_undo_merge(request.viewer, merge):
        raise Http404
    _undo(request, merge)
    return redirect("accounts:merge" if merge.kept_id == request.viewer.user_id else "experts:doubles")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limited("undo-merge", times=30, seconds=300)
def merged(request: HttpRequest, token: str) -> HttpResponse:
    """Out of the letter to either address, also for whoever can no longer sign in."""
    merge = PersonMerge.objects.filter(pk=merge_links.told_in(token)).select_related("gone", "kept").first()
    if merge is None:
        raise Http404
    if request.method == "POST":
        _undo(request, merge, token)
        return redirect(request.path)
    return render(request, "accounts/merge/told.html", {"merge": merge})


def _undo(request: HttpRequest, merge: PersonMerge, token: str = "") -> None:
    try:
        actions.undo_people_merge(viewer=request.viewer, merge=merge, token=token)
    except Refused as refused:
        messages.info(request, refused.sentence)
    else:
        messages.success(request, _("Undone: there are two accounts again, as they were."))
