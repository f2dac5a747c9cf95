"""What is kept beside the rows that it counts, and what it has to be: counts and pointers of threads, forums
and communities, compared in a constant number of questions however much was written."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery

from communities.forums.enums import PostState
from communities.forums.models import (
    Ballot,
    Forum,
    Hold,
    MovedPost,
    Poll,
    Post,
    Reaction,
    Thread,
    Wanted,
)
from communities.models import Community, Membership

_PUBLISHED = Q(state=PostState.PUBLISHED)
#: A post that waited takes its place a moment after its hold has ended.
_MOMENT = timedelta(seconds=5)


@dataclass(frozen=True)
class Difference:
    """``row`` keeps ``kept`` in ``field``; its rows say ``true``."""

    row: Post | Thread | Forum | Community | Poll
    field: str
    kept: Any
    true: Any

    def __str__(self) -> str:
        name = self.row._meta.model_name
        return f"{name} {self.row.pk}: {self.field} is {self.kept}, its rows say {self.true}"


def differences() -> Iterator[Difference]:
    yield from of_posts(Post.objects.all())
    yield from of_threads(Thread.objects.all())
    yield from of_forums(Forum.objects.all())
    yield from of_communities(Community.objects.all())
    yield from of_polls(Poll.objects.all())


def _compared(row: Any, **true: Any) -> Iterator[Difference]:
    for field, value in true.items():
        if (kept := getattr(row, field)) != value:
            yield Difference(row, field, kept, value)


# --- posts --------------------------------------------------------------------------------------------


def of_posts(posts: QuerySet[Post]) -> Iterator[Difference]:
    """How often posts were reacted to: those that say so, and those that somebody reacted to."""
    kept = set(posts.exclude(reactions={}).values_list("pk", flat=True))
    reacted = set(Reaction.objects.filter(post__in=posts).values_list("post", flat=True).distinct())
    true = reactions_of(kept | reacted)
    for post in Post.objects.filter(pk__in=true).only("reactions").order_by("pk"):
        yield from _compared(post, reactions=true[post.pk])


def reactions_of(posts: Iterable[int]) -> dict[int, dict[str, int]]:
    """What ``Post.reactions`` has to hold for each of these posts."""
    counts: dict[int, dict[str, int]] = {pk: {} for pk in posts}
    rows = Reaction.objects.filter(post__in=counts).order_by().values_list("post", "kind")
    for post, kind, number in rows.annotate(number=Count("pk")):
        counts[post][kind] = number
    return counts


# --- threads ------------------------------------------------------------------------------------------


def of_threads(threads: QuerySet[Thread]) -> Iterator[Difference]:
    posts = Post.objects.filter(thread__in=threads)
    counted = {
        row["thread"]: row
        for row in posts.order_by()
        .values("thread")
        .annotate(
            replies=Count("pk", filter=_PUBLISHED & Q(number__gt=1)),
            numbered=Count("number"),
            last=Max("number"),
            written=Max("written_at", filter=Q(number__isnull=False)),
        )
    }
    released = _released(posts)
    wanted = dict(
        Wanted.objects.filter(thread__in=threads)
        .order_by()
        .values("thread")
        .annotate(n=Count("pk"))
        .values_list("thread", "n")
    )
    answers = set(threads.filter(answer__thread=F("pk")).order_by().values_list("pk", flat=True))
    moved = {
        row["thread"]: row
        for row in MovedPost.objects.filter(thread__in=threads)
        .order_by()
        .values("thread")
        .annotate(given=Count("pk"), last=Max("number"))
    }
    newest = Post.objects.filter(_PUBLISHED, thread=OuterRef("pk")).order_by("-number")
    for thread in threads.annotate(true_author=Subquery(newest.values("author")[:1])).iterator(2000):
        found = counted.get(thread.pk, {})
        gone = moved.get(thread.pk, {"given": 0, "last": 0})
        numbered = found.get("numbered", 0)
        given = numbered + gone["given"]
        yield from _compared(
            thread,
            reply_count=found.get("replies", 0),
            last_number=given,
            last_author_id=thread.true_author,
            wanted_count=wanted.get(thread.pk, 0),
            answer_id=thread.answer_id if thread.pk in answers else None,
        )
        # Each number was given once: to a post that stands here, or to one that was moved.
        if max(found.get("last") or 0, gone["last"]) != given:
            yield Difference(thread, "numbers", max(found.get("last") or 0, gone["last"]), given)
        if (thread.published_at is None) != (not numbered):
            yield Difference(thread, "published_at", thread.published_at, found.get("written"))
        if numbered:
            yield from _activity(thread, found["written"], released.get(thread.pk))


def _released(posts: QuerySet[Post]) -> dict[int, datetime]:
    """When the last post that had waited went out, for threads in which one did."""
    holds = Hold.objects.filter(post__in=posts.numbered(), ended_at__isnull=False).order_by()
    found = holds.values("post__thread").annotate(last=Max("ended_at"))
    return dict(found.values_list("post__thread", "last"))


def _activity(thread: Thread, written: datetime, released: datetime | None) -> Iterator[Difference]:
    """A post counts from when it was written; one that waited, from when it went out."""
    latest = max(written, released or written)
    if not written <= thread.last_posted_at <= latest + _MOMENT:
        yield Difference(thread, "last_posted_at", thread.last_posted_at, latest)


# --- forums and communities ---------------------------------------------------------------------------


def of_forums(forums: QuerySet[Forum]) -> Iterator[Difference]:
    threads = Thread.objects.published().filter(forum__in=forums)
    counted = {
        row["forum"]: row
        for row in threads.order_by().values("forum").annotate(threads=Count("pk"), at=Max("last_posted_at"))
    }
    posts = Post.objects.published().filter(thread__forum__in=forums).order_by()
    written = dict(posts.values("thread__forum").annotate(n=Count("pk")).values_list("thread__forum", "n"))
    newest = Thread.objects.published().filter(forum=OuterRef("pk")).order_by("-last_posted_at", "-id")
    for forum in forums.annotate(newest=Subquery(newest.values("pk")[:1])).select_related("last_thread"):
        found = counted.get(forum.pk, {"threads": 0, "at": None})
        yield from _compared(
            forum,
            thread_count=found["threads"],
            post_count=written.get(forum.pk, 0),
            last_posted_at=found["at"],
        )
        # Of two threads that were written in at the same moment either may be the last.
        pointed = forum.last_thread and forum.last_thread.last_posted_at
        if pointed != found["at"] or (forum.last_thread and forum.last_thread.forum_id != forum.pk):
            yield Difference(forum, "last_thread_id", forum.last_thread_id, forum.newest)


def of_communities(communities: QuerySet[Community]) -> Iterator[Difference]:
    threads = Thread.objects.published().filter(forum__community__in=communities).order_by()
    summed = {
        row["forum__community"]: row
        for row in threads.values("forum__community").annotate(threads=Count("pk"), at=Max("last_posted_at"))
    }
    path = "thread__forum__community"
    posts = Post.objects.published().filter(**{f"{path}__in": communities}).order_by()
    written = dict(posts.values(path).annotate(n=Count("pk")).values_list(path, "n"))
    current = Membership.objects.current().filter(community__in=communities).order_by()
    members = dict(current.values("community").annotate(n=Count("pk")).values_list("community", "n"))
    for community in communities:
        found = summed.get(community.pk, {"threads": 0, "at": None})
        yield from _compared(
            community,
            member_count=members.get(community.pk, 0),
            thread_count=found["threads"],
            post_count=written.get(community.pk, 0),
        )
        # It never goes back: opening a community counts as well.
        if found["at"] is not None and community.last_active_at < found["at"]:
            yield Difference(community, "last_active_at", community.last_active_at, found["at"])


# --- polls --------------------------------------------------------------------------------------------


def of_polls(polls: QuerySet[Poll]) -> Iterator[Difference]:
    chosen: dict[int, list[list[int]]] = {}
    ballots = Ballot.objects.filter(poll__in=polls).values_list("poll", "choices")
    for pk, choices in ballots.iterator(2000):
        chosen.setdefault(pk, []).append(choices)
    for poll in polls.iterator(2000):
        counted = Counter(number for choices in chosen.get(poll.pk, []) for number in choices)
        yield from _compared(
            poll,
            voters=len(chosen.get(poll.pk, [])),
            tallies=[counted[number] for number in range(len(poll.options))],
        )
