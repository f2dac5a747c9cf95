"""Communities, threads and posts by the ten thousand: for trying the network out at its full size.

What stands at a place is told by its number alone, so a second run finds what the first has written, and a
larger one adds what is missing. Threads grow side by side, as in a living forum; the first one is very long.
"""

from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.db.models import F

from communities.enums import MemberRole
from communities.forums import sources
from communities.forums.actions.repairing import repair_counters
from communities.forums.actions.writing import EXCERPT_LENGTH
from communities.forums.bulk_words import html_of, language_of, title_of
from communities.forums.models import Forum, Post, Thread
from communities.models import Community, Membership
from network.experts import bulk as experts
from network.foundations.ids import readable_slug
from network.foundations.richtext import excerpt
from network.search.actions import add_many

_BEGUN = datetime(2024, 1, 1, tzinfo=UTC)
_SPAN = timedelta(days=650)
#: Of all posts, how many stand in the first thread.
_DEEP_SHARE = 0.1
_AT_ONCE = 2000
_THEMES = [
    "Mangroves", "Peatlands", "Pollinators", "Seed banks", "Rivers", "Coral reefs", "Dry forests",
    "Invasive species",
    "Soil life", "High pastures", "Wetlands", "City nature", "Seagrass", "Bird flyways", "Fungi",
    "Old orchards",
    "Island birds", "Estuaries", "Grasslands", "Caves",
]  # fmt: skip

Progress = Callable[[int, int], None]


@dataclass
class Written:
    """What a run has added, and what there is now."""

    added: dict[str, int] = field(default_factory=dict)
    there: dict[str, int] = field(default_factory=dict)


def seed(
    *, people: int, communities: int, threads: int, posts: int, progress: Progress = lambda *_: None
) -> Written:
    """Write what is missing of this size. Nobody is told of anything."""
    written = Written()
    written.added["experts"] = experts.seed_people(people)
    rooms, written.added["communities"] = _communities(communities)
    numbers = experts.people()
    writers = [numbers[number] for number in sorted(numbers)]
    if threads and not (writers and rooms):
        raise ValueError("Threads need people who write them and communities that they stand in.")
    _memberships(rooms, writers)
    held, written.added["threads"] = _threads(threads, rooms, writers)
    written.added["posts"] = _posts(held, _sizes(threads, posts), writers, progress)
    repair_counters()
    written.there = {
        "experts": len(numbers),
        "communities": len(rooms),
        "threads": Thread.objects.filter(forum__in=[forum.pk for forum in rooms]).count(),
        "posts": Post.objects.filter(thread__forum__in=[forum.pk for forum in rooms]).count(),
    }
    return written


# --- rooms ----------------------------------------------------------------------------------------


@transaction.atomic
def _communities(wanted: int) -> tuple[list[Forum], int]:
    """Their forums in the order of their numbers, and how many were made."""
    known = set(Community.objects.filter(slug__startswith="bulk-").values_list("slug", flat=True))
    made = Community.objects.bulk_create(
        Community(
            slug=f"bulk-{number}",
            name=f"{_THEMES[(number - 1) % len(_THEMES)]} {number}",
            summary="Imagined, to try the network out at its full size.",
            purpose="<p>Everybody and everything here is imagined.</p>",
            created_at=_BEGUN,
            last_active_at=_BEGUN,
        )
        for number in range(1, wanted + 1)
        if f"bulk-{number}" not in known
    )
    Forum.objects.bulk_create(
        Forum(community=one, slug="talk", title="Talk", description="Imagined.") for one in made
    )
    forums = Forum.objects.filter(community__slug__startswith="bulk-", slug="talk").order_by("pk")
    return list(forums.select_related("community")), len(made)


def _memberships(forums: list[Forum], people: list[int]) -> None:
    """Each person belongs to one community and often to a second; the first of each moderates it."""
    if not forums:
        return
    there = set(
        Membership.objects.filter(community__in=[forum.community_id for forum in forums]).values_list(
            "community", "user"
        )
    )
    came: dict[int, list[int]] = {}
    for place, person in enumerate(people):
        for community in {forums[step % len(forums)].community_id for step in (place, place * 7 + 3)}:
            if (community, person) not in there:
                came.setdefault(person, []).append(community)
    with transaction.atomic():
        moderated = {community for community, _person in there}
        rows = []
        for person, joined in came.items():
            for community in joined:
                role = MemberRole.MEMBER if community in moderated else MemberRole.MODERATOR
                moderated.add(community)
                rows.append(Membership(community_id=community, user_id=person, role=role, since=_BEGUN))
        Membership.objects.bulk_create(rows, batch_size=_AT_ONCE)
        experts.share_circles(came)


# --- threads ----------------------------------------------------------------------------------------


def _sizes(threads: int, posts: int) -> array:
    """How many posts each thread has in the end: the first is deep, the others about alike."""
    if not threads:
        return array("l")
    posts = max(posts, threads)
    deep = min(posts - threads + 1, max(1, int(posts * _DEEP_SHARE))) if threads > 1 else posts
    rest, more = divmod(posts - deep, max(threads - 1, 1))
    return array("l", [deep, *(rest + (number < more) for number in range(threads - 1))])


def _threads(wanted: int, forums: list[Forum], people: list[int]) -> tuple[dict[int, Thread], int]:
    """The threads by their number, which ends their address, and how many were made."""
    forum_ids = [forum.pk for forum in forums]
    held = {_number(thread): thread for thread in _light(forum_ids)}
    missing = [number for number in range(1, wanted + 1) if number not in held]
    for start in range(0, len(missing), _AT_ONCE):
        made = Thread.objects.bulk_create(
            _thread(number, forums, people) for number in missing[start : start + _AT_ONCE]
        )
        add_many("threads", {thread.pk: sources.thread_document(thread) for thread in made})
    if missing:
        held = {_number(thread): thread for thread in _light(forum_ids)}
    return {number: held[number] for number in range(1, wanted + 1)}, len(missing)


def _light(forum_ids: list[int]) -> Iterator[Thread]:
    found = Thread.objects.filter(forum__in=forum_ids).select_related(None)
    return found.only(
        "slug", "title", "language", "last_number", "last_posted_at", "for_members", "forum", "author"
    ).iterator()


def _number(thread: Thread) -> int:
    """Its number, or 0 where somebody real has begun it."""
    _before, mark, number = thread.slug.rpartition("-bulk-")
    return int(number) if mark and number.isdigit() else 0


def _thread(number: int, forums: list[Forum], people: list[int]) -> Thread:
    language = language_of(number)
    title = title_of(number, language)
    # A quarter of all threads in the first forum: one is always the liveliest.
    place = 0 if number == 1 or number % 4 == 0 else number % len(forums)
    return Thread(
        forum=forums[place],
        title=title,
        slug=f"{readable_slug(title, fallback='thread')}-bulk-{number}",
        author_id=people[number * 13 % len(people)],
        language=language,
        created_at=_BEGUN,
        last_posted_at=_BEGUN,
    )


# --- posts ----------------------------------------------------------------------------------------


def _posts(threads: dict[int, Thread], sizes: array, people: list[int], progress: Progress) -> int:
    forums = {
        forum.pk: forum
        for forum in Forum.objects.filter(
            pk__in={thread.forum_id for thread in threads.values()}
        ).select_related("community")
    }
    for thread in threads.values():
        thread.forum = forums[thread.forum_id]
    total, added, batch = sum(sizes), 0, []
    pace = _SPAN / max(total, 1)
    for place, (number, which) in enumerate(_turns(sizes)):
        if which > threads[number].last_number:
            batch.append((number, which, _BEGUN + pace * place))
        if len(batch) >= _AT_ONCE:
            added += _write(batch, threads, people)
            batch = []
            progress(place + 1, total)
    added += _write(batch, threads, people)
    progress(total, total)
    return added


def _turns(sizes: array) -> Iterator[tuple[int, int]]:
    """Thread and number of each post in the order in which they are written."""
    if not sizes:
        return
    rounds = max(sizes[1:], default=sizes[0])
    deep, pace = 0, -(-sizes[0] // rounds)
    for which in range(1, rounds + 1):
        for _turn in range(min(pace, sizes[0] - deep)):
            deep += 1
            yield 1, deep
        for place in range(1, len(sizes)):
            if which <= sizes[place]:
                yield place + 1, which


@transaction.atomic
def _write(batch: list[tuple[int, int, datetime]], threads: dict[int, Thread], people: list[int]) -> int:
    """Posts with what is kept beside them: text, excerpt, place, search, the last number of each thread."""
    posts = Post.objects.bulk_create(
        _post(threads[number], number, which, when, people) for number, which, when in batch
    )
    add_many("posts", {post.pk: sources.post_document(post) for post in posts})
    touched = {number: threads[number] for number, _which, _when in batch}
    for number, which, when in batch:
        thread = touched[number]
        thread.last_number, thread.last_posted_at = which, max(thread.last_posted_at, when)
    for thread in touched.values():
        thread.reply_count = thread.last_number - 1
        thread.published_at = F("created_at")
        thread.last_author_id = people[(thread.pk * 7 + thread.last_number) % len(people)]
    Thread.objects.bulk_update(
        touched.values(),
        ["last_number", "last_posted_at", "reply_count", "published_at", "last_author"],
        batch_size=200,
    )
    return len(posts)


def _post(thread: Thread, number: int, which: int, when: datetime, people: list[int]) -> Post:
    html = html_of(number, which, thread.language)
    author = thread.author_id if which == 1 else people[(thread.pk * 7 + which) % len(people)]
    return Post(
        thread=thread,
        number=which,
        author_id=author,
        html=html,
        excerpt=excerpt(html, EXCERPT_LENGTH),
        written_at=when,
    )
