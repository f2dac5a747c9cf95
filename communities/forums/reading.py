"""What one page of a thread shows to one viewer, gathered in a constant number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import (
    CharField,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    prefetch_related_objects,
)
from django.db.models.functions import Cast, Concat
from django.http import Http404

from communities.forums import policies
from communities.forums.acts import post_acts
from communities.forums.enums import PostState
from communities.forums.models import (
    POSTS_A_PAGE,
    Hiding,
    Post,
    ReadMark,
    Thread,
    ThreadEvent,
    Watch,
    page_start,
)
from communities.policies import can_moderate
from network.experts.disclosure import PersonCard, cards_for
from network.foundations.viewer import Viewer
from network.outbox.models import Stream

#: Stands for the number of a post that has not arrived yet; no thread grows so long.
PLACEHOLDER = 999_999_999_999
#: Stops on the rail beside a long thread.
RAIL_STOPS = 12


@dataclass
class Entry:
    """One post as it stands in the page, with what this viewer may do about it."""

    post: Post
    person: PersonCard | None
    is_new_from_here: bool = False
    shows_words: bool = True
    is_own: bool = False
    can_quote: bool = False
    can_edit: bool = False
    can_moderate: bool = False
    acts: list[dict] = field(default_factory=list)
    hiding: Hiding | None = None
    events: list[ThreadEvent] = field(default_factory=list)

    @property
    def has_menu(self) -> bool:
        return bool(self.can_edit or self.can_moderate or self.acts)


@dataclass(frozen=True)
class Stop:
    """A page of a long thread: from which post on, and when that was written."""

    number: int
    post: Post
    is_current: bool


@dataclass
class ThreadPage:
    thread: Thread
    start: int
    entries: list[Entry]
    waiting: list[Entry]
    opening_events: list[ThreadEvent]
    rail: list[Stop]
    read_to: int = 0
    is_watched: bool = False

    @property
    def last_shown(self) -> int:
        return self.entries[-1].post.number if self.entries else 0

    @property
    def is_last(self) -> bool:
        return self.start + POSTS_A_PAGE > self.thread.last_number

    @property
    def previous(self) -> int:
        return self.start - POSTS_A_PAGE if self.start > 1 else 0

    @property
    def next(self) -> int:
        return 0 if self.is_last else self.start + POSTS_A_PAGE


def read(viewer: Viewer, thread: Thread, wanted: int) -> ThreadPage:
    """The page of ``thread`` (found ``with_marks``) that holds post ``wanted``."""
    start = page_start(wanted)
    if start > 1 and start > thread.last_number:
        raise Http404
    found = _posts(viewer, thread, start)
    posts = [post for post in found if post.number is not None]
    waiting = [post for post in found if post.number is None]
    events = list(thread.events.filter(_between(start, thread)).order_by("at", "id"))
    people = [post.author_id for post in [*posts, *waiting]] + [event.actor_id for event in events]
    cards = cards_for(viewer, people)
    for event in events:
        event.person = cards.get(event.actor_id)
    page = ThreadPage(
        thread=thread,
        start=start,
        entries=entries(viewer, thread, posts, cards),
        waiting=entries(viewer, thread, waiting, cards),
        opening_events=[event for event in events if event.after_number < start],
        rail=_rail(thread, start),
        read_to=getattr(thread, "read_to", None) or 0,
        is_watched=getattr(thread, "is_watched", False),
    )
    for entry in page.entries:
        entry.events = [event for event in events if event.after_number == entry.post.number]
    _mark_first_new(viewer, page)
    return page


def _posts(viewer: Viewer, thread: Thread, start: int) -> list[Post]:
    """The posts of the page in their order; behind them what has no place yet and this viewer may see."""
    wanted = Q(number__gte=start, number__lt=start + POSTS_A_PAGE)
    if can_moderate(viewer, thread.forum.community):
        wanted |= Q(number=None, state=PostState.HELD) | Q(number=None, author=viewer.user_id)
    elif viewer.is_member:
        wanted |= Q(number=None, author=viewer.user_id)
    posts = list(thread.posts.filter(wanted).order_by("number", "id").prefetch_related("files"))
    for post in posts:
        post.thread = thread
    prefetch_related_objects([post for post in posts if post.number is None], "holds")
    return posts


def with_marks(viewer: Viewer, threads: QuerySet) -> QuerySet:
    """Add how far the viewer had read (``read_to``), whether she watches (``is_watched``), and where the live
    stream of the thread stands (``live_after``)."""
    mine = {"thread": OuterRef("pk"), "user": viewer.user_id}
    stream = Stream.objects.filter(name=Concat(Value("thread:"), Cast(OuterRef("pk"), CharField())))
    threads = threads.annotate(live_after=Subquery(stream.values("last_number")[:1]))
    if not viewer.is_member:
        return threads
    return threads.annotate(
        read_to=Subquery(ReadMark.objects.filter(**mine).values("last_number")[:1]),
        is_watched=Exists(Watch.objects.filter(**mine)),
    )


def _between(start: int, thread: Thread) -> Q:
    """Events that belong to this page: behind its posts, and before the first on the first page."""
    end = start + POSTS_A_PAGE
    return Q(after_number__gte=0 if start == 1 else start, after_number__lt=end)


def entries(
    viewer: Viewer, thread: Thread, posts: Iterable[Post], cards: dict[int, PersonCard]
) -> list[Entry]:
    """Each post with its person and what may be done about it; one query where something is hidden."""
    posts = list(posts)
    hidings = _hidings(viewer, thread, posts)
    return [_entry(viewer, post, cards.get(post.author_id), hidings.get(post.pk)) for post in posts]


def _entry(viewer: Viewer, post: Post, person: PersonCard | None, hiding: Hiding | None) -> Entry:
    published = post.state == PostState.PUBLISHED
    own = viewer.user_id is not None and post.author_id == viewer.user_id
    moderates = policies.can_moderate_post(viewer, post)
    return Entry(
        post=post,
        person=person,
        shows_words=published or own or moderates,
        is_own=own,
        can_quote=published and policies.can_reply(viewer, post.thread),
        can_edit=policies.can_edit(viewer, post),
        can_moderate=moderates,
        acts=[
            {"label": act.label, "icon": act.icon, "url": act.url(post)}
            for act in post_acts
            if act.shown(viewer, post)
        ],
        hiding=hiding,
    )


def samples(viewer: Viewer, thread: Thread) -> list[Entry]:
    """What the viewer may do about posts that arrive while she reads: somebody else's, and her own."""
    if not viewer.is_member:
        return []
    return [
        _entry(viewer, Post(thread=thread, number=PLACEHOLDER, author_id=author), None, None)
        for author in (None, viewer.user_id)
    ]


def _hidings(viewer: Viewer, thread: Thread, posts: list[Post]) -> dict[int, Hiding]:
    """Why posts are hidden: for their authors and for moderators."""
    hidden = [post for post in posts if post.state == PostState.HIDDEN]
    if not can_moderate(viewer, thread.forum.community):
        hidden = [post for post in hidden if post.author_id == viewer.user_id]
    if not hidden or not viewer.is_member:
        return {}
    return {hiding.post_id: hiding for hiding in Hiding.objects.filter(post__in=hidden, ended_at=None)}


def first_new(thread: Thread) -> int:
    """The number of the first post that she has not read, or the last one."""
    return max(1, min((thread.read_to or 0) + 1, thread.last_number))


def _mark_first_new(viewer: Viewer, page: ThreadPage) -> None:
    """A rule stands above the first post since her last visit; a newcomer sees none."""
    if not page.read_to:
        return
    for entry in page.entries:
        if (entry.post.number or 0) > page.read_to and entry.post.author_id != viewer.user_id:
            entry.is_new_from_here = True
            return


def _rail(thread: Thread, start: int) -> list[Stop]:
    """Where a reader of a long thread may jump to: its pages, or stops evenly apart."""
    pages = (thread.last_number + POSTS_A_PAGE - 1) // POSTS_A_PAGE
    if pages < 2:
        return []
    step = max(1, -(-pages // RAIL_STOPS))
    numbers = [page * POSTS_A_PAGE + 1 for page in range(0, pages, step)]
    posts = thread.posts.filter(number__in=numbers).order_by("number").only("number", "written_at", "thread")
    return [Stop(post.number, post, _holds(numbers, post.number, start)) for post in posts]


def _holds(numbers: list[int], number: int, start: int) -> bool:
    """Whether the open page lies at this stop or between it and the next."""
    return max(stop for stop in numbers if stop <= start) == number
