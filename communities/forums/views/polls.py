"""Polls: asking, the page of one, voting and closing."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from communities.forums import actions, policies, polls
from communities.forums.forms.polls import PollForm
from communities.forums.models import Post
from communities.forums.polls import Shown
from communities.forums.views.common import find_post, find_thread, merged_meanwhile, thread_shell, typed
from communities.policies import is_member
from communities.views.common import page, refuse
from network.foundations.exceptions import Refused
from network.foundations.forms import posted
from network.pagecache.rules import expire_at


@typed
def ask(request: HttpRequest, community: str, forum: str, pk: int, slug: str) -> HttpResponse:
    here = find_thread(request, pk)
    if not policies.can_ask(request.viewer, here):
        raise PermissionDenied(_("Whoever started a thread asks in it, and those who keep it."))
    if elsewhere := merged_meanwhile(request, here, pk):
        return elsewhere
    form = PollForm(posted(request), initial={"zone": request.viewer.zone})
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask(viewer=request.viewer, thread=here, **form.cleaned_data)
            return redirect(here)
        except Refused as refused:
            refuse(form, refused)
    context = thread_shell(request, here, beyond=True, form=form)
    return page(request, "forums/ask/index.html", context, form)


def _found(request: HttpRequest, pk: int, number: int) -> tuple[Post, Shown]:
    posts = Post.objects.visible_to(request.viewer)
    post = find_post(request, pk, number, polls.with_polls(request.viewer, posts))
    seen = polls.shown(request.viewer, post, posted(request))
    if seen is None:
        raise Http404
    return post, seen


@require_safe
def poll(request: HttpRequest, community: str, forum: str, pk: int, slug: str, number: int) -> HttpResponse:
    """A poll for itself; members read who has voted."""
    post, seen = _found(request, pk, number)
    return _page(request, post, seen)


def _page(request: HttpRequest, post: Post, seen: Shown) -> HttpResponse:
    here = post.thread
    found = polls.voters(request.viewer, seen) if is_member(request.viewer, here.forum.community) else None
    context = thread_shell(request, here, beyond=True, post=post, seen=seen, voters=found)
    return page(request, "forums/poll/index.html", context, seen.form)


@login_required
@require_POST
def vote(request: HttpRequest, community: str, forum: str, pk: int, slug: str, number: int) -> HttpResponse:
    post, seen = _found(request, pk, number)
    if not policies.can_vote(request.viewer, seen.poll):
        raise PermissionDenied(_("Members of the community vote here."))
    if seen.form is None:
        # It was closed while she chose, or her vote stands.
        messages.error(request, _("This poll is closed, or your vote stays as it was cast."))
        return redirect(seen.poll)
    if not seen.form.is_valid():
        return _page(request, post, seen)
    try:
        actions.vote(viewer=request.viewer, poll=seen.poll, choices=seen.form.cleaned_data["choices"])
    except Refused as refused:
        refuse(seen.form, refused)
        return _page(request, post, seen)
    messages.success(request, _("Your vote is counted."))
    return redirect(f"{post.get_absolute_url()}poll/")


@login_required
@require_POST
def close(request: HttpRequest, community: str, forum: str, pk: int, slug: str, number: int) -> HttpResponse:
    _post, seen = _found(request, pk, number)
    try:
        actions.close_poll(viewer=request.viewer, poll=seen.poll)
    except Refused as refused:
        messages.error(request, refused.sentence)
    return redirect(seen.poll)


def expire_with(request: HttpRequest, shown: list[Shown]) -> None:
    """A page that shows open polls changes by itself when they close."""
    for seen in shown:
        if not seen.poll.is_closed:
            expire_at(request, seen.poll.closes_at)
