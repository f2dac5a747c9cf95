"""Forums: the list of threads, opening and changing a forum."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from communities import policies as community_policies
from communities.forums import actions, policies
from communities.forums.forms import ForumForm, ForumSettingsForm
from communities.forums.models import Forum, ReadMark, Thread
from communities.forums.views.common import find_forum, forum_shell
from communities.views.common import crumbs, find_community, page, shell
from network.experts.disclosure import cards_for
from network.foundations.pager import paginate


@require_safe
def no_index(request: HttpRequest, community: str) -> HttpResponse:
    """The forums of a community stand on its front page."""
    return redirect(find_community(request, community))


@require_safe
def forum(request: HttpRequest, community: str, slug: str) -> HttpResponse:
    """Threads, the last written in first; pinned ones above them on the first page."""
    viewer = request.viewer
    here = find_forum(request, community, slug)
    threads = Thread.objects.visible_to(viewer).filter(forum=here)
    cursor = request.GET.get("cursor", "")
    pinned = [] if cursor else list(threads.exclude(pinned_at=None).order_by("-pinned_at", "-id"))
    rows = paginate(threads.filter(pinned_at=None), ["-last_posted_at", "-id"], cursor)
    context = forum_shell(
        request,
        here,
        page=rows,
        rows=_rows(request, here, [*pinned, *rows]),
        can_start=policies.can_start(viewer, here),
        can_manage=policies.can_manage_forums(viewer, here),
    )
    return render(request, "forums/forum/index.html", context)


def _rows(request: HttpRequest, here: Forum, threads: list[Thread]) -> list[dict]:
    """Threads with the people in them and how much of each is new to the viewer."""
    viewer = request.viewer
    cards = cards_for(viewer, [pk for thread in threads for pk in (thread.author_id, thread.last_author_id)])
    marks: dict[int, int] = {}
    if viewer.is_member:
        found = ReadMark.objects.filter(user=viewer.user_id, thread__in=threads)
        marks = dict(found.values_list("thread_id", "last_number"))
    for thread in threads:
        thread.forum = here
    return [
        {
            "thread": thread,
            "author": cards.get(thread.author_id),
            "last_author": cards.get(thread.last_author_id),
            "new": max(thread.last_number - marks[thread.pk], 0) if thread.pk in marks else 0,
        }
        for thread in threads
    ]


@login_required
def open_forum(request: HttpRequest, community: str) -> HttpResponse:
    here = find_community(request, community)
    if here.is_closed or not community_policies.can_facilitate(request.viewer, here):
        raise PermissionDenied(_("Those who look after the community open forums."))
    form = ForumForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect(actions.open_forum(viewer=request.viewer, community=here, **form.cleaned_data))
    context = shell(request, here, "overview", trail=crumbs(here), form=form)
    return page(request, "forums/open/index.html", context, form)


@login_required
def settings(request: HttpRequest, community: str, slug: str) -> HttpResponse:
    here = find_forum(request, community, slug)
    if not policies.can_manage_forums(request.viewer, here):
        raise PermissionDenied(_("This is for those who look after the community."))
    form = ForumSettingsForm(request.POST or None, instance=here)
    if request.method == "POST" and form.is_valid():
        return redirect(actions.change_forum(viewer=request.viewer, forum=here, **form.cleaned_data))
    return page(request, "forums/settings/index.html", forum_shell(request, here, form=form), form)
