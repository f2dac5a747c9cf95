"""What one page of a thread shows to one viewer, gathered in a constant number of queries."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q, prefetch_related_objects
from django.http import Http404

from communities.forums.enums import PostState
from communities.forums.hanging import hang
from communities.forums.models import POSTS_A_PAGE, Post, Thread, ThreadEvent, page_start
from communities.forums.polls import Shown, shown
from communities.forums.reading.entries import SPOKEN, Entry, entries
from communities.forums.reading.events import entry_before, events_of
from communities.forums.reading.marks import changed_since, new_since
from communities.forums.reading.rail import Stop, rail, stops_of
from communities.policies import can_facilitate, can_moderate
from network.experts.disclosure import cards_for
from network.foundations.viewer import Viewer


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
    stops = stops_of(thread)
    found = _posts(viewer, thread, start, stops)
    end = start + POSTS_A_PAGE
    posts = [post for post in found if post.number is not None and start <= post.number < end]
    waiting = [post for post in found if post.number is None]
    first_shown = (posts and posts[0].number) or end
    events = list(events_of(viewer, thread, start))
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
        rail=rail(found, stops, start),
        read_to=getattr(thread, "read_to", None) or 0,
        is_wanted=getattr(thread, "is_wanted", False),
        new=new_since(thread),
        changed=changed_since(viewer, thread),
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
            entry_before(event, page.entries).events.append(event)
    _mark_first_new(viewer, page)
    for entry in page.entries:
        entry.is_changed = entry.post.number in page.changed
    return page


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


def _mark_first_new(viewer: Viewer, page: ThreadPage) -> None:
    """A rule stands above the first post since her last visit; a newcomer sees none."""
    if not page.read_to:
        return
    for entry in page.entries:
        if (entry.post.number or 0) > page.read_to and entry.post.author_id != viewer.user_id:
            entry.is_new_from_here = True
            return
