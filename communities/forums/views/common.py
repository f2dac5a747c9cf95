"""What the doorways of forums share."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from communities.forums.models import Forum, Post, Thread
from communities.views.common import crumbs, shell


def find_forum(request: HttpRequest, community: str, slug: str) -> Forum:
    """The forum at this address, or 404 where the viewer may not read it."""
    forums = Forum.objects.visible_to(request.viewer).select_related("community")
    return get_object_or_404(forums, community__slug=community, slug=slug)


def find_thread(request: HttpRequest, pk: int, threads: QuerySet | None = None) -> Thread:
    threads = Thread.objects.all() if threads is None else threads
    return get_object_or_404(threads.visible_to(request.viewer).select_related("forum__community"), pk=pk)


def find_post(request: HttpRequest, pk: int, number: int) -> Post:
    """The post with this number whose words the viewer may read."""
    posts = Post.objects.visible_to(request.viewer).select_related("thread__forum__community")
    return get_object_or_404(posts, thread=pk, number=number)


def forum_shell(request: HttpRequest, forum: Forum, **more: Any) -> dict:
    context = shell(request, forum.community, forum=forum, trail=crumbs(forum.community))
    return context | more


def thread_shell(request: HttpRequest, thread: Thread, *, beyond: bool = False, **more: Any) -> dict:
    """What pages of a thread share; ``beyond`` where the thread itself is a step of the way here."""
    forum = thread.forum
    trail = crumbs(forum.community, (forum.title, forum.get_absolute_url()))
    if beyond:
        trail.append((thread.title, thread.get_absolute_url()))
    return shell(request, forum.community, forum=forum, thread=thread, trail=trail) | more
