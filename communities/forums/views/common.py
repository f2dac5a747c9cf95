"""What the doorways of forums share."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, TypeVar

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.db.models import Count, F, Min, Q, QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from communities.enums import Involvement
from communities.forums.actions import let_out_due
from communities.forums.knowledge import place_of
from communities.forums.models import Forum, MovedPost, Post, ReadMark, Tag, Thread
from communities.forums.windows import next_change
from communities.models import Community
from communities.views.common import crumbs, shell
from network.experts.disclosure import cards_for
from network.pagecache.rules import expire_at

AnyForm = TypeVar("AnyForm", bound=BaseForm)


def typed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page on which people write: what they typed stands in no report of an error, and a refused form,
    which holds it again, is kept by no browser."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if request.method == "POST":
            add_never_cache_headers(response)
        return response

    return login_required(sensitive_post_parameters("title", "html", "whose")(guarded))


def find_forum(request: HttpRequest, community: str, slug: str, forums: QuerySet | None = None) -> Forum:
    """The forum at this address, or 404 where the viewer may not read it."""
    forums = Forum.objects.all() if forums is None else forums
    forums = forums.visible_to(request.viewer).select_related("community")
    found = get_object_or_404(forums, community__slug=community, slug=slug)
    if is_due(found.next_thread_at):
        let_out_due(found)
        found = get_object_or_404(forums, pk=found.pk)
    expire_at(request, found.next_thread_at)
    return found


def is_due(at: datetime | None) -> bool:
    """Whether something was to happen by now: whoever comes first does it, if the worker is late."""
    return at is not None and at <= timezone.now()


def keep_time(request: HttpRequest, community: Community) -> None:
    """For a page with threads of all forums: what is due appears, and it is kept until the next does."""
    forums = Forum.objects.filter(community=community)
    at = forums.aggregate(at=Min("next_thread_at"))["at"]
    if is_due(at):
        for forum in forums.filter(next_thread_at__lte=timezone.now()):
            let_out_due(forum)
        at = forums.aggregate(at=Min("next_thread_at"))["at"]
    expire_at(request, at)


def find_thread(request: HttpRequest, pk: int, threads: QuerySet | None = None) -> Thread:
    """The thread with this number; where it was merged into another one, that one."""
    threads = Thread.objects.all() if threads is None else threads
    readable = threads.visible_to(request.viewer).select_related("forum__community")
    found = readable.filter(pk=pk).first()
    if found is not None and is_due(found.appears_at):
        let_out_due(found.forum)
        found = readable.filter(pk=pk).first()
    if found is not None:
        return found
    merged = Thread.objects.filter(pk=pk).exclude(merged_into=None)
    return get_object_or_404(readable, pk__in=merged.values("merged_into"))


def find_post(request: HttpRequest, pk: int, number: int, posts: QuerySet | None = None) -> Post:
    """The post with this number whose words the viewer may read, wherever it stands now."""
    posts = Post.objects.visible_to(request.viewer) if posts is None else posts
    posts = posts.select_related("thread__forum__community")
    found = posts.filter(thread=pk, number=number).first()
    if found is not None:
        return found
    moved = MovedPost.objects.filter(thread=pk, number=number)
    return get_object_or_404(posts, pk__in=moved.values("post"))


def merged_meanwhile(request: HttpRequest, here: Thread, pk: int) -> HttpResponse | None:
    """A deed that was meant for a thread which is part of ``here`` by now is not done to ``here``."""
    if here.pk == pk:
        return None
    messages.info(request, _("That thread was merged into this one in the meantime."))
    return redirect(here)


def wanted_level(request: HttpRequest, *, may_be_empty: bool = True) -> str:
    """The level that a pressed button names; empty for that which is set further out."""
    level = request.POST.get("level", "")
    if level not in Involvement.values and not (may_be_empty and level == ""):
        raise BadRequest(_("This is none of the choices."))
    return level


def level_url(of: Forum | Thread | Tag) -> str:
    """Where one says how much one wants to be told of it."""
    if isinstance(of, Tag):
        return reverse("forums:watch_tag", args=[of.community.slug, of.slug])
    if isinstance(of, Forum):
        return reverse("forums:watch_forum", args=[of.community.slug, of.slug])
    forum = of.forum
    return reverse("forums:watch", args=[forum.community.slug, forum.slug, of.pk, of.slug])


def naming(form: AnyForm, place: Forum | Thread) -> AnyForm:
    """``form`` whose text box offers the people who may read what is written there."""
    forum = place.forum if isinstance(place, Thread) else place
    address = [forum.community.slug, forum.slug]
    if isinstance(place, Thread):
        url = reverse("forums:mentions", args=[*address, place.pk, place.slug])
    else:
        url = reverse("forums:forum_mentions", args=address)
    form.fields["html"].widget.mentions = url
    return form


def forum_shell(request: HttpRequest, forum: Forum, **more: Any) -> dict:
    expire_at(request, next_change(forum.window, timezone.now()))
    context = shell(request, forum.community, forum=forum, trail=crumbs(forum.community))
    return context | more


def thread_shell(request: HttpRequest, thread: Thread, *, beyond: bool = False, **more: Any) -> dict:
    """What pages of a thread share; ``beyond`` where the thread itself is a step of the way here.

    They are where what was told in this thread only may be read.
    """
    request.consent_place = place_of(thread)
    forum = thread.forum
    expire_at(request, next_change(forum.window, timezone.now()))
    trail = crumbs(forum.community, (forum.title, forum.get_absolute_url()))
    if beyond:
        trail.append((thread.title, thread.get_absolute_url()))
    return shell(request, forum.community, forum=forum, thread=thread, trail=trail) | more


def thread_rows(request: HttpRequest, threads: list[Thread]) -> list[dict[str, Any]]:
    """Threads with the people in them and how much of each is new to the viewer."""
    viewer = request.viewer
    cards = cards_for(viewer, [pk for thread in threads for pk in (thread.author_id, thread.last_author_id)])
    marks: dict[int, tuple[int, int]] = {}
    if viewer.is_member:
        # What was moved away is not new here.
        gone = Count("thread__moved_posts", filter=Q(thread__moved_posts__number__gt=F("last_number")))
        found = ReadMark.objects.filter(user=viewer.user_id, thread__in=threads).annotate(gone=gone)
        marks = {mark.thread_id: (mark.last_number, mark.gone) for mark in found}
    return [
        {
            "thread": thread,
            "author": cards.get(thread.author_id),
            "last_author": cards.get(thread.last_author_id),
            "new": max(thread.last_number - sum(marks[thread.pk]), 0) if thread.pk in marks else 0,
        }
        for thread in threads
    ]
