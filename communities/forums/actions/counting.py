"""Giving posts their place, and keeping every count true in the same transaction.

Rows are always locked in the order thread, forum, community, and several of one kind by their numbers, so
that two deeds never wait for each other. Whoever counts tells of it (``tell``) in the same transaction.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField, Case, Count, F, Max, Q, QuerySet, Value, When
from django.db.models.functions import Greatest

from communities.forums.enums import PostState
from communities.forums.models import Forum, Hold, Post, Thread
from communities.models import Community
from communities.paging import community_tag, forum_tag
from network.outbox.actions import announce, announce_each


def locked(thread: Thread, threads: QuerySet[Thread] | None = None) -> Thread:
    """The thread's row, locked until the transaction ends, with its forum and community.

    ``threads`` may ask for more of it in the same question.
    """
    [found] = _locked([thread.pk], Thread.objects.all() if threads is None else threads)
    return found


def locked_all(*threads: Thread) -> list[Thread]:
    """Several threads, locked; in the order in which they were asked for."""
    found = {row.pk: row for row in _locked({thread.pk for thread in threads}, Thread.objects.all())}
    return [found[thread.pk] for thread in threads]


def _locked(pks: Collection[int], threads: QuerySet[Thread]) -> list[Thread]:
    """In the order of their numbers.

    PostgreSQL leaves out a row that was moved to another forum while we waited for it: the forum that it was
    joined with is not its own any more. We ask again, and find it there.
    """
    rows = threads.select_for_update(of=("self",)).select_related("forum__community").order_by("pk")
    while len(found := list(rows.filter(pk__in=pks))) < len(pks):
        if Thread.objects.filter(pk__in=pks).count() < len(pks):
            raise Thread.DoesNotExist("Some of these threads are gone.")
    return found


def locked_post(post: Post) -> Post:
    """The post's row with the thread that it stands in, both locked, also where it was moved meanwhile."""
    thread_id = post.thread_id
    while True:
        thread = locked(Thread(pk=thread_id))
        current = Post.objects.select_for_update(of=("self",)).get(pk=post.pk)
        if current.thread_id == thread.pk:
            current.thread = thread
            return current
        thread_id = current.thread_id


def tell(thread: Thread, kind: str, **ids: int) -> None:
    """Announce in the thread what happened in it. Kept pages that count or list it are given out no more."""
    forum = thread.forum
    above = [forum_tag(forum.community.slug, forum.slug), community_tag(forum.community.slug)]
    announce(f"thread:{thread.pk}", kind, also=above, **ids)


def tell_each(threads: Iterable[Thread], kind: str, *forums: Forum) -> None:
    """Announce in several threads of a community at once that they were rearranged."""
    threads = list(threads)
    rooms = {thread.forum.slug for thread in threads} | {forum.slug for forum in forums}
    community = threads[0].forum.community.slug
    announce_each(
        kind,
        {f"thread:{thread.pk}": {"thread": thread.pk} for thread in threads},
        also=[community_tag(community), *(forum_tag(community, slug) for slug in rooms)],
    )


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
    count_above(thread, posts=1, threads=int(first), at=thread.last_posted_at)


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
    count_above(thread, posts=change)


def count_above(thread: Thread, *, posts: int, threads: int = 0, at: datetime | None = None) -> None:
    """Tell the forum and the community; ``at`` is when something new came, if it did."""
    forum: dict[str, Any] = {
        "post_count": F("post_count") + posts,
        "thread_count": F("thread_count") + threads,
    }
    community = dict(forum)
    if at is not None:
        # Decided by the database: another thread of the forum may have been written in since we read it.
        newest = Q(last_posted_at=None) | Q(last_posted_at__lte=at)
        forum |= {
            "last_posted_at": Case(When(newest, then=Value(at)), default=F("last_posted_at")),
            "last_thread": Case(
                When(newest, then=Value(thread.pk)), default=F("last_thread"), output_field=BigIntegerField()
            ),
        }
        community["last_active_at"] = Greatest(F("last_active_at"), at)
    Forum.objects.filter(pk=thread.forum_id).update(**forum)
    Community.objects.filter(pk=thread.forum.community_id).update(**community)


def settle(thread: Thread) -> None:
    """What ``thread`` keeps of its posts, read again after some came or went; the caller saves it."""
    said = thread.posts.numbered()
    found = said.aggregate(
        replies=Count("pk", filter=Q(state=PostState.PUBLISHED, number__gt=1)), written=Max("written_at")
    )
    released = Hold.objects.filter(post__in=said).aggregate(last=Max("ended_at"))["last"]
    last = thread.posts.published().order_by("-number").first()
    thread.reply_count = found["replies"]
    thread.last_author_id = last.author_id if last else None
    thread.last_posted_at = max(found["written"], released or found["written"])


def count_again(changes: Mapping[int, tuple[int, int]]) -> None:
    """Threads and posts that came to forums (by number) or left them, and which thread is the last now."""
    for forum in Forum.objects.select_for_update().filter(pk__in=changes).order_by("pk"):
        threads, posts = changes[forum.pk]
        newest = Thread.objects.published().filter(forum=forum).order_by("-last_posted_at", "-id").first()
        Forum.objects.filter(pk=forum.pk).update(
            thread_count=F("thread_count") + threads,
            post_count=F("post_count") + posts,
            last_thread=newest,
            last_posted_at=newest.last_posted_at if newest else None,
        )
