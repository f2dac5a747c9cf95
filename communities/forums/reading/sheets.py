"""A thread on one sheet, to be printed and filed."""

from dataclasses import dataclass

from django.http import Http404

from communities.forums.models import Thread
from communities.forums.polls import Shown, shown, with_polls
from communities.forums.reading.entries import SPOKEN, Entry, entries
from network.experts.disclosure import cards_for
from network.foundations.viewer import Viewer

#: Posts on one sheet to be printed.
POSTS_A_SHEET = 300


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
