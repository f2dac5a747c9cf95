"""What one page of a thread shows to one viewer, gathered in a constant number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import (
    CharField,
    Count,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    prefetch_related_objects,
)
from django.db.models.functions import Cast, Coalesce, Concat
from django.http import Http404

from communities.forums import policies
from communities.forums.actions.uploading import has_uploads
from communities.forums.acts import post_acts
from communities.forums.contents import words_of
from communities.forums.enums import Audience, PostState, ReactionKind
from communities.forums.hanging import hang, said
from communities.forums.levels import with_level
from communities.forums.models import (
    POSTS_A_PAGE,
    Draft,
    Forum,
    Hiding,
    Post,
    Thread,
    ThreadEvent,
    Wanted,
    page_start,
)
from communities.forums.polls import Shown, shown, with_polls
from communities.models import Mandate
from communities.policies import can_facilitate, can_moderate, can_read
from communities.voices import Group, grouped
from network.experts.disclosure import PersonCard, cards_for
from network.foundations.viewer import Viewer
from network.outbox.models import Stream
from network.search.alike import Alike, alike

#: Stands for the number of a post that has not arrived yet; no thread grows so long.
PLACEHOLDER = 999_999_999_999
#: What the line beside a name says of the capacity in which somebody wrote.
SPOKEN = ("mandate__country", "mandate__organization", "mandate__holder")
#: Posts on one sheet to be printed.
POSTS_A_SHEET = 300
#: So many edited posts are named to somebody who comes back.
CHANGES_SHOWN = 40
#: Stops on the rail beside a long thread.
RAIL_STOPS = 12


@dataclass
class Entry:
    """One post as it stands in the page, with what this viewer may do about it."""

    post: Post
    person: PersonCard | None
    is_new_from_here: bool = False
    is_changed: bool = False
    shows_words: bool = True
    is_own: bool = False
    can_quote: bool = False
    can_react: bool = False
    can_bookmark: bool = False
    is_bookmarked: bool = False
    reactions: list[tuple[ReactionKind, bool]] = field(default_factory=list)
    can_edit: bool = False
    can_moderate: bool = False
    can_accept: bool = False
    can_see_author: bool = False
    acts: list[dict] = field(default_factory=list)
    hiding: Hiding | None = None
    events: list[ThreadEvent] = field(default_factory=list)
    poll: Shown | None = None

    @property
    def has_menu(self) -> bool:
        return bool(self.can_edit or self.can_moderate or self.can_see_author or self.acts)

    @property
    def is_answer(self) -> bool:
        """It was accepted as the answer to the question above."""
        thread = self.post.thread
        return self.post.pk is not None and thread.forum.is_questions and self.post.pk == thread.answer_id

    @property
    def has_reacted(self) -> bool:
        return any(own for _kind, own in self.reactions)


@dataclass(frozen=True)
class Stop:
    """A page of a long thread: from which post on, and when that was written."""

    number: int
    post: Post
    is_current: bool
    words: str = ""


@dataclass
class ThreadPage:
    thread: Thread
    start: int
    entries: list[Entry]
    waiting: list[Entry]
    opening_events: list[ThreadEvent]
    rail: list[Stop]
    read_to: int = 0
    is_wanted: bool = False
    answer: Entry | None = None
    answer_number: int = 0
    new: int = 0
    changed: list[int] = field(default_factory=list)
    been_here_at: datetime | None = None

    @property
    def polls(self) -> list[Shown]:
        return [entry.poll for entry in (*self.entries, *self.waiting) if entry.poll]

    @property
    def news(self) -> bool:
        """Something has happened since her last visit."""
        return bool(self.new or self.changed)

    @property
    def last_shown(self) -> int:
        return self.entries[-1].post.number if self.entries else 0

    @property
    def read_through(self) -> int:
        """How far whoever sees this page has read; where posts were moved away, past their places."""
        return max(self.last_shown, min(self.start + POSTS_A_PAGE - 1, self.thread.last_number))

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
    stops = _stops(thread)
    found = _posts(viewer, thread, start, stops)
    end = start + POSTS_A_PAGE
    posts = [post for post in found if post.number is not None and start <= post.number < end]
    waiting = [post for post in found if post.number is None]
    first_shown = (posts and posts[0].number) or end
    events = list(_events(viewer, thread, start))
    answers = [post for post in found if post.pk == thread.answer_id and post.state == PostState.PUBLISHED]
    people = [post.author_id for post in [*posts, *waiting, *answers]] + [event.actor_id for event in events]
    cards = cards_for(viewer, people)
    for event in events:
        event.person = cards.get(event.actor_id)
    page = ThreadPage(
        thread=thread,
        start=start,
        entries=entries(viewer, thread, posts, cards),
        waiting=entries(viewer, thread, waiting, cards),
        opening_events=[event for event in events if event.after_number < first_shown],
        rail=[
            Stop(post.number, post, _holds(stops, post.number, start), _line(post))
            for post in found
            if post.number in stops
        ],
        read_to=getattr(thread, "read_to", None) or 0,
        is_wanted=getattr(thread, "is_wanted", False),
        new=_new(thread),
        changed=_changed(viewer, thread),
        been_here_at=getattr(thread, "read_at", None),
    )
    if thread.forum.is_questions and answers:
        page.answer_number = answers[0].number or 0
    if start == 1 and thread.forum.is_questions:
        page.answer = next(iter(entries(viewer, thread, answers, cards)), None)
    for entry in (*page.entries, *page.waiting):
        entry.poll = shown(viewer, entry.post) if entry.shows_words else None
    for event in events:
        if event.after_number >= first_shown:
            _entry_before(event, page.entries).events.append(event)
    _mark_first_new(viewer, page)
    for entry in page.entries:
        entry.is_changed = entry.post.number in page.changed
    return page


@dataclass(frozen=True)
class Sheet:
    """Many posts of a thread at once, without anything that one may do about them."""

    entries: list[Entry]
    start: int
    next: int

    @property
    def polls(self) -> list[Shown]:
        return [entry.poll for entry in self.entries if entry.poll]


def sheet(viewer: Viewer, thread: Thread, wanted: int) -> Sheet:
    """The posts around ``wanted`` to be printed and filed, as many as a sheet holds."""
    start = max(wanted - 1, 0) // POSTS_A_SHEET * POSTS_A_SHEET + 1
    if start > 1 and start > thread.last_number:
        raise Http404
    end = start + POSTS_A_SHEET
    found = thread.posts.filter(number__gte=start, number__lt=end).order_by("number").select_related(*SPOKEN)
    posts = list(with_polls(viewer, found).prefetch_related("files"))
    for post in posts:
        post.thread = thread
    listed = entries(viewer, thread, posts, cards_for(viewer, [post.author_id for post in posts]))
    for entry in listed:
        entry.poll = shown(viewer, entry.post) if entry.shows_words else None
    return Sheet(listed, start, end if end <= thread.last_number else 0)


def _posts(viewer: Viewer, thread: Thread, start: int, stops: list[int]) -> list[Post]:
    """The posts of the page and those at the stops of the rail, in their order; behind them what has no place
    yet and this viewer may see."""
    wanted = Q(number__gte=start, number__lt=start + POSTS_A_PAGE)
    if stops:
        wanted |= Q(number__in=stops)
    if (start == 1 or stops) and thread.answer_id is not None:
        wanted |= Q(pk=thread.answer_id)
    if can_moderate(viewer, thread.forum.community):
        unseen = Q(state=PostState.HELD) | Q(state=PostState.SCHEDULED) | Q(author=viewer.user_id)
        wanted |= Q(number=None) & unseen
    elif thread.is_scheduled and can_facilitate(viewer, thread.forum.community):
        wanted |= Q(number=None)
    elif viewer.is_member:
        wanted |= Q(number=None, author=viewer.user_id)
    posts = list(thread.posts.filter(wanted).order_by("number", "id").select_related("poll", *SPOKEN))
    for post in posts:
        post.thread = thread
    hang(viewer, posts)
    prefetch_related_objects([post for post in posts if post.number is None], "holds")
    return posts


def participants(viewer: Viewer, thread: Thread) -> list[Group]:
    """Everybody whose words can be read in the thread, once in each capacity in which she spoke there."""
    said = thread.posts.published().exclude(author=None)
    spoken = list(said.order_by().values_list("author_id", "mandate_id", "mandate_state").distinct())
    mandates = Mandate.objects.whole().in_bulk({mandate for _who, mandate, _state in spoken if mandate})
    return grouped(viewer, [(who, mandates.get(mandate), state) for who, mandate, state in spoken])


def with_marks(viewer: Viewer, threads: QuerySet) -> QuerySet:
    """Add where the live stream of the thread stands (``live_after``) and whether anything was done to the
    thread (``has_events``: only then is it asked what); for people who are signed in also how
    far they had read (``read_to``) and when (``read_at``), how many posts up to there somebody else has
    edited since (``edited_since``), what they have begun to write (``draft_html``, ``draft_version``) and
    chosen to go along (``has_uploads``), whether they have its question too (``is_wanted``), and how much
    they want to be told (``with_level``)."""
    stream = Stream.objects.filter(name=Concat(Value("thread:"), Cast(OuterRef("pk"), CharField())))
    threads = threads.annotate(
        live_after=Subquery(stream.values("last_number")[:1]),
        has_events=Exists(ThreadEvent.objects.filter(thread=OuterRef("pk"))),
    )
    if not viewer.is_member:
        return threads
    mine = {"thread": OuterRef("pk"), "user": viewer.user_id}
    drafts = Draft.objects.filter(**mine)
    threads = threads.annotate(
        draft_html=Subquery(drafts.values("html")[:1]),
        draft_version=Subquery(drafts.values("version")[:1]),
        is_wanted=Exists(Wanted.objects.filter(**mine)),
        has_uploads=has_uploads(viewer),
    )
    mark = FilteredRelation("read_marks", condition=Q(read_marks__user=viewer.user_id))
    marked = threads.annotate(mark=mark, read_to=F("mark__last_number"), read_at=F("mark__read_at"))
    edited = (
        Post.objects.published()
        .filter(thread=OuterRef("pk"), number__lte=OuterRef("mark__last_number"))
        .filter(edited_at__gt=OuterRef("mark__read_at"))
        .exclude(author=viewer.user_id)
    )
    counted = edited.order_by().values("thread").annotate(n=Count("pk")).values("n")
    return with_level(viewer, marked.annotate(edited_since=Coalesce(Subquery(counted), 0)))


def _changed(viewer: Viewer, thread: Thread) -> list[int]:
    """The numbers of the first posts that were edited since her last visit; a question only if there are."""
    if not getattr(thread, "edited_since", 0):
        return []
    edited = thread.posts.published().filter(edited_at__gt=thread.read_at, number__lte=thread.read_to)
    return list(
        edited.exclude(author=viewer.user_id)
        .order_by("number")
        .values_list("number", flat=True)[:CHANGES_SHOWN]
    )


def _new(thread: Thread) -> int:
    """How many posts have come since her last visit; a newcomer has none."""
    read_to = getattr(thread, "read_to", None)
    return max(thread.last_number - read_to, 0) if read_to else 0


def _events(viewer: Viewer, thread: Thread, start: int) -> Iterable[ThreadEvent]:
    """Events that belong to this page: behind its posts, and before the first on the first page.

    Another thread is named to those who may read it, and so is the forum that the thread came from.
    """
    if not getattr(thread, "has_events", True):
        return
    found = thread.events.filter(
        after_number__gte=0 if start == 1 else start, after_number__lt=start + POSTS_A_PAGE
    )
    is_member = viewer.has(f"community:{thread.forum.community_id}")
    for event in found.select_related("other__forum", "from_forum__community").order_by("at", "id"):
        if event.other and (event.other.is_wide or is_member):
            event.other.forum.community = thread.forum.community
            event.named = event.other
        if event.from_forum and _is_named(viewer, event.from_forum):
            event.came_from = event.from_forum
        yield event


def _is_named(viewer: Viewer, forum: Forum) -> bool:
    """Whether a thread says to this viewer that it came from there."""
    if viewer.has(f"community:{forum.community_id}"):
        return True
    return forum.audience == Audience.COMMUNITY and can_read(viewer, forum.community)


def _entry_before(event: ThreadEvent, entries: list[Entry]) -> Entry:
    """The post behind which it happened, or where that was moved away, the last one before it."""
    return [entry for entry in entries if (entry.post.number or 0) <= event.after_number][-1]


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
        shows_words=published or own or moderates or post.state == PostState.SCHEDULED,
        is_own=own,
        can_quote=published and policies.can_reply(viewer, post.thread),
        can_react=policies.can_react(viewer, post),
        can_bookmark=policies.can_bookmark(viewer, post),
        is_bookmarked=getattr(post, "is_bookmarked", False),
        reactions=said(post),
        can_edit=policies.can_edit(viewer, post),
        can_moderate=moderates,
        can_accept=published and policies.can_accept(viewer, post),
        can_see_author=policies.can_see_author(viewer, post),
        acts=[
            {"label": act.label, "icon": act.icon, "url": act.url(post)}
            for act in post_acts
            if act.shown(viewer, post)
        ],
        hiding=hiding,
    )


def related(viewer: Viewer, thread: Thread) -> list[Alike]:
    """Other threads with the same tags or words, as far as she may read them; one question."""
    words = " ".join([thread.title, *(name for _slug, name in thread.tag_line)])
    return alike(viewer, "threads", words, but=thread.pk, language=thread.language)


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


def _stops(thread: Thread) -> list[int]:
    """Where a reader of a long thread may jump to: its pages, or stops evenly apart."""
    pages = (thread.last_number + POSTS_A_PAGE - 1) // POSTS_A_PAGE
    if pages < 2:
        return []
    step = max(1, -(-pages // RAIL_STOPS))
    return [page * POSTS_A_PAGE + 1 for page in range(0, pages, step)]


def _line(post: Post) -> str:
    """How the post at a stop begins."""
    return words_of(post.html, post.excerpt) if post.state == PostState.PUBLISHED else ""


def _holds(numbers: list[int], number: int, start: int) -> bool:
    """Whether the open page lies at this stop or between it and the next."""
    return max(stop for stop in numbers if stop <= start) == number
