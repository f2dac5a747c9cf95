"""Moving, splitting and merging threads: each a form with a reason."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Case, Q, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from communities.enums import MemberRole
from communities.forums import actions, policies
from communities.forums.forms.rearranging import MergeForm, MoveForm, SplitForm
from communities.forums.models import Forum, Post, Thread
from communities.forums.views.common import find_thread, merged_meanwhile, thread_shell
from communities.policies import can_moderate
from communities.views.common import page, refuse
from network.consent.tokens import find
from network.experts.disclosure import cards_for
from network.foundations.exceptions import Refused
from network.foundations.forms import posted
from network.foundations.pager import paginate

#: Threads that are offered by their titles when one is merged.
LATEST = 12
#: Posts among which one chooses at once.
POSTS_AT_ONCE = 100

View = Callable[[HttpRequest, Thread], HttpResponse]


def _for_keepers(view: View) -> Callable[..., HttpResponse]:
    """``view`` gets the thread, for those who may rearrange it."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, community: str, forum: str, pk: int, slug: str) -> HttpResponse:
        here = find_thread(request, pk)
        if not policies.can_rearrange(request.viewer, here):
            raise PermissionDenied(_("Those who look after the community move, split and merge threads."))
        return merged_meanwhile(request, here, pk) or view(request, here)

    return guarded


@_for_keepers
def move(request: HttpRequest, here: Thread) -> HttpResponse:
    form = MoveForm(posted(request), forums=_goals(request, here), here=here.forum.community)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        stays = chosen["forum"].community_id == here.forum.community_id
        act = actions.move if stays else actions.move_out
        try:
            return redirect(act(viewer=request.viewer, thread=here, **chosen))
        except Refused as refused:
            refuse(form, refused)
    can_go = form.is_bound or form.fields["forum"].queryset.exists()
    context = thread_shell(request, here, beyond=True, form=form, can_go=can_go)
    return page(request, "forums/move/index.html", context, form)


def _goals(request: HttpRequest, here: Thread) -> QuerySet[Forum]:
    """Forums of the community, then those of others if she moderates this one and them."""
    viewer, community = request.viewer, here.forum.community
    within = Q(community=community)
    if can_moderate(viewer, community):
        within |= Q(community__in=viewer.ids("community", MemberRole.MODERATOR), community__closed_at=None)
    found = Forum.objects.visible_to(viewer).filter(within).exclude(pk=here.forum_id)
    elsewhere = Case(When(community=community, then=Value(0)), default=Value(1))
    return found.select_related("community").order_by(elsewhere, "community__name", "position", "pk")


@_for_keepers
def split(request: HttpRequest, here: Thread) -> HttpResponse:
    """Choose posts of the thread, a hundred at a time."""
    replies = here.posts.numbered().filter(number__gt=1).select_related("thread")
    rows = paginate(replies, ["number"], request.GET.get("cursor", ""), POSTS_AT_ONCE)
    posts = list(rows)
    form = SplitForm(posted(request), numbers=[post.number for post in posts])
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(actions.split(viewer=request.viewer, thread=here, **_chosen(here, form)))
        except Refused as refused:
            refuse(form, refused)
    context = thread_shell(request, here, beyond=True, form=form, page=rows, rows=_rows(request, posts, form))
    return page(request, "forums/split/index.html", context, form)


def _chosen(here: Thread, form: SplitForm) -> dict[str, Any]:
    chosen = dict(form.cleaned_data)
    if chosen.pop("onward"):
        following = here.posts.filter(number__gt=max(chosen["numbers"]))
        chosen["numbers"] = [*chosen["numbers"], *following.values_list("number", flat=True)]
    return chosen


def _rows(request: HttpRequest, posts: list[Post], form: SplitForm) -> list[dict[str, Any]]:
    cards = cards_for(request.viewer, [post.author_id for post in posts])
    boxes = {int(str(box.data["value"])): box for box in form["numbers"].subwidgets}
    return [
        {
            "post": post,
            "person": cards.get(post.author_id),
            "box": boxes[post.number],
            "is_sealed": any(find(post.html)),
        }
        for post in posts
    ]


@_for_keepers
def merge(request: HttpRequest, here: Thread) -> HttpResponse:
    threads = Thread.objects.visible_to(request.viewer).published()
    threads = threads.filter(forum__community=here.forum.community).exclude(pk=here.pk)
    form = MergeForm(posted(request), threads=threads, latest=LATEST)
    if request.method == "POST" and form.is_valid():
        try:
            chosen = form.cleaned_data
            into = actions.merge(
                viewer=request.viewer, thread=here, into=chosen["target"], reason=chosen["reason"]
            )
            return redirect(into)
        except Refused as refused:
            refuse(form, refused)
    context = thread_shell(request, here, beyond=True, form=form)
    return page(request, "forums/merge/index.html", context, form)
