"""What one page of a thread shows to one viewer, gathered in a constant number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q
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
    """The page of ``thread`` that holds post ``wanted``."""
    start = page_start(wanted)
    if start > 1 and start > thread.last_number:
        raise Http404
    posts = _posts(thread, start)
    waiting = _waiting(viewer, thread)
    events = list(thread.events.filter(_between(start, thread)).order_by("at", "id"))
    people = [post.author_id for post in [*posts, *waiting]] + [event.actor_id for event in events]
    cards = cards_for(viewer, people)
    for event in events:
        event.person = cards.get(event.actor_id)
    mark, watched = _own_marks(viewer, thread)
    page = ThreadPage(
        thread=thread,
        start=start,
        entries=entries(viewer, thread, posts, cards),
        waiting=entries(viewer, thread, waiting, cards),
        opening_events=[event for event in events if event.after_number < start],
        rail=_rail(thread, start),
        read_to=mark,
        is_watched=watched,
    )
    for entry in page.entries:
        entry.events = [event for event in events if event.after_number == entry.post.number]
    _mark_first_new(viewer, page)
    return page


def _posts(thread: Thread, start: int) -> list[Post]:
    span = thread.posts.filter(number__gte=start, number__lt=start + POSTS_A_PAGE)
    posts = list(span.order_by("number").prefetch_related("files"))
    for post in posts:
        post.thread = thread
    return posts


def _waiting(viewer: Viewer, thread: Thread) -> list[Post]:
    """What has no place yet: shown to its author and to moderators at the end."""
    if not viewer.is_member:
        return []
    waiting = thread.posts.filter(number=None)
    if can_moderate(viewer, thread.forum.community):
        waiting = waiting.filter(Q(state=PostState.HELD) | Q(author=viewer.user_id))
    else:
        waiting = waiting.filter(author=viewer.user_id)
    posts = list(waiting.order_by("id").prefetch_related("holds"))
    for post in posts:
        post.thread = thread
    return posts


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


def _own_marks(viewer: Viewer, thread: Thread) -> tuple[int, bool]:
    """How far she had read, and whether she watches the thread."""
    if not viewer.is_member:
        return 0, False
    mark = ReadMark.objects.filter(thread=thread, user=viewer.user_id).values_list("last_number", flat=True)
    return mark.first() or 0, Watch.objects.filter(thread=thread, user=viewer.user_id).exists()


def first_new(viewer: Viewer, thread: Thread) -> int:
    """The number of the first post that she has not read, or the last one."""
    return max(1, min(_own_marks(viewer, thread)[0] + 1, thread.last_number))


def _mark_first_new(viewer: Viewer, page: ThreadPage) -> None:
    """A rule stands above the first post since her last visit; a newcomer sees none."""
    if not page.read_to:
        return
    for entry in page.entries:
        if entry.post.number > page.read_to and entry.post.author_id != viewer.user_id:
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
