"""Reporting, the queue, decisions, the log."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from communities import policies as communities
from communities.forums import actions as forums
from communities.forums.models import Post
from communities.forums.querysets import moderated
from communities.forums.views.common import find_post, thread_shell
from communities.moderation import actions, policies
from communities.moderation.forms import CaseForm, DecisionForm, HeldForm, ReportForm
from communities.moderation.models import ModerationLogEntry, ModerationReason, Report
from communities.moderation.queue import waiting_for
from communities.views.common import crumbs, find_community, page, safe_next, shell
from network.experts.disclosure import cards_for
from network.foundations.exceptions import Refused
from network.foundations.pager import KeysetPage, paginate
from network.foundations.viewer import Viewer


@login_required
def report(request: HttpRequest, community: str, forum: str, pk: int, slug: str, number: int) -> HttpResponse:
    """Tell the moderators what is wrong with a post."""
    post = find_post(request, pk, number)
    if not policies.can_report(request.viewer, post):
        raise PermissionDenied(_("This post cannot be reported."))
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.report(viewer=request.viewer, post=post, **form.cleaned_data)
        messages.success(request, _("The moderators will look at it. You will hear what they decide."))
        return redirect(post)
    context = thread_shell(request, post.thread, beyond=True, post=post, form=form)
    return page(request, "moderation/report/index.html", context, form)


@login_required
@require_safe
def everything(request: HttpRequest) -> HttpResponse:
    """What waits in all communities that the viewer looks after."""
    if not policies.looks_after_any(request.viewer):
        raise PermissionDenied(_("This is for those who look after a community."))
    context = {"queue": waiting_for(request.viewer), "many": True}
    return render(request, "moderation/everything/index.html", context)


@login_required
@require_safe
def queue(request: HttpRequest, slug: str) -> HttpResponse:
    here = find_community(request, slug)
    if not communities.can_facilitate(request.viewer, here):
        raise PermissionDenied(_("This is for those who look after the community."))
    context = shell(request, here, "moderation", trail=crumbs(here), queue=waiting_for(request.viewer, here))
    return render(request, "moderation/queue/index.html", context)


@login_required
@require_POST
def decide_held(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a waiting post go out, or turn it down with a reason."""
    visible = Post.objects.filter(moderated(request.viewer, "thread__forum__community"))
    post = get_object_or_404(visible.select_related("thread__forum__community"), pk=pk)
    form = HeldForm(request.POST)
    if not form.is_valid():
        return _ask_again(request, post, form)

    def deed() -> None:
        if form.cleaned_data["decision"] == "approve":
            forums.approve(viewer=request.viewer, post=post)
        else:
            forums.turn_down(viewer=request.viewer, post=post, reason=form.cleaned_data["reason"])

    return _decided(request, post, deed)


@login_required
@require_POST
def decide_report(request: HttpRequest, pk: int) -> HttpResponse:
    reports = Report.objects.visible_to(request.viewer).select_related("post__thread__forum__community")
    case = get_object_or_404(reports, pk=pk)
    form = CaseForm(request.POST)
    if not form.is_valid():
        return _ask_again(request, case.post, form, case)
    act = actions.uphold if form.cleaned_data["decision"] == "uphold" else actions.dismiss

    def deed() -> None:
        act(viewer=request.viewer, report=case, reason=form.cleaned_data["reason"])

    return _decided(request, case.post, deed)


def _decided(request: HttpRequest, post: Post, deed: Callable[[], None]) -> HttpResponse:
    """Do it and go back to where the button was; say so if somebody was faster."""
    try:
        deed()
    except Refused as refused:
        messages.error(request, refused.sentence)
    here = post.thread.forum.community
    return redirect(safe_next(request, reverse("moderation:queue", args=[here.slug])))


def _ask_again(
    request: HttpRequest, post: Post, form: DecisionForm, case: Report | None = None
) -> HttpResponse:
    here = post.thread.forum.community
    context = shell(request, here, "moderation", trail=crumbs(here), post=post, case=case, form=form)
    context |= {"choices": form.choices, "next": safe_next(request, "")}
    return page(request, "moderation/decide/index.html", context, form)


@login_required
@require_safe
def log(request: HttpRequest, slug: str) -> HttpResponse:
    """What was done, newest first: moderators read by whom, to whom and why, members read what."""
    here = find_community(request, slug)
    viewer = request.viewer
    if not (communities.is_member(viewer, here) or communities.can_moderate(viewer, here)):
        raise PermissionDenied(_("The log is for members of the community."))
    entries = ModerationLogEntry.objects.filter(community_id=here.pk)
    rows = paginate(entries, ["-id"], request.GET.get("cursor", ""), size=50)
    full = communities.can_moderate(viewer, here)
    if full:
        _add_details(viewer, rows)
    context = shell(request, here, "moderation", trail=crumbs(here), page=rows, full=full)
    return render(request, "moderation/log/index.html", context)


def _add_details(viewer: Viewer, rows: KeysetPage) -> None:
    """Names behind pseudonyms, as far as these people are still here, and reasons that were not erased."""
    pseudonyms = {pseudonym for row in rows for pseudonym in (row.actor, row.concerns) if pseudonym}
    known = get_user_model().objects.filter(actor_id__in=pseudonyms).values_list("actor_id", "pk")
    ids = dict(known)
    cards = cards_for(viewer, ids.values())
    reasons = dict(
        ModerationReason.objects.filter(entry_id__in=[row.pk for row in rows]).values_list("entry_id", "text")
    )
    for row in rows:
        row.actor_card = cards.get(ids.get(row.actor))
        row.concerns_card = cards.get(ids.get(row.concerns))
        row.reason = reasons.get(row.pk, "")
