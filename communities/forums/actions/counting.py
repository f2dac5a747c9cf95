"""Giving posts their place, and keeping every count true in the same transaction.

Rows are always locked in the order thread, forum, community, so that two deeds never wait for each other.
"""

from datetime import datetime
from typing import Any

from django.db.models import F
from django.db.models.functions import Greatest

from communities.forums.enums import PostState
from communities.forums.models import Forum, Post, Thread
from communities.models import Community


def locked(thread: Thread) -> Thread:
    """The thread's row, locked until the transaction ends, with its forum and community."""
    return Thread.objects.select_for_update(of=("self",)).select_related("forum__community").get(pk=thread.pk)


def place(post: Post, thread: Thread, at: datetime) -> None:
    """Give ``post`` the next number of ``thread`` (locked by the caller), save it and count it."""
    first = thread.last_number == 0
    post.number, post.state = thread.last_number + 1, PostState.PUBLISHED
    post.save()
    thread.last_number = post.number
    thread.last_posted_at = at if first else max(thread.last_posted_at, at)
    thread.last_author_id = post.author_id
    if first:
        thread.published_at = at
    else:
        thread.reply_count += 1
    thread.save(update_fields=["last_number", "last_posted_at", "last_author", "published_at", "reply_count"])
    _count_above(thread, posts=1, threads=int(first), at=thread.last_posted_at)


def uncount(post: Post, thread: Thread) -> None:
    """``post`` went out of sight; it keeps its place."""
    _count_words(post, thread, -1)


def recount(post: Post, thread: Thread) -> None:
    """``post`` can be read again."""
    _count_words(post, thread, 1)


def _count_words(post: Post, thread: Thread, change: int) -> None:
    if post.number != 1:
        thread.reply_count += change
    last = thread.posts.published().order_by("-number").first()
    thread.last_author_id = last.author_id if last else None
    thread.save(update_fields=["reply_count", "last_author"])
    _count_above(thread, posts=change)


def _count_above(thread: Thread, *, posts: int, threads: int = 0, at: datetime | None = None) -> None:
    """Tell the forum and the community; ``at`` is when something new came, if it did."""
    forum: dict[str, Any] = {
        "post_count": F("post_count") + posts,
        "thread_count": F("thread_count") + threads,
    }
    community = dict(forum)
    if at is not None:
        newest = thread.forum.last_posted_at is None or at >= thread.forum.last_posted_at
        if newest:
            forum |= {"last_posted_at": at, "last_thread": thread.pk}
        community["last_active_at"] = Greatest(F("last_active_at"), at)
    Forum.objects.filter(pk=thread.forum_id).update(**forum)
    Community.objects.filter(pk=thread.forum.community_id).update(**community)
