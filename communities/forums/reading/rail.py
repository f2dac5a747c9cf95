"""Where a reader of a long thread may jump to."""

from collections.abc import Iterable
from dataclasses import dataclass

from communities.forums.contents import words_of
from communities.forums.enums import PostState
from communities.forums.models import POSTS_A_PAGE, Post, Thread

#: Stops on the rail beside a long thread.
RAIL_STOPS = 12


@dataclass(frozen=True)
class Stop:
    """A page of a long thread: from which post on, and when that was written."""

    number: int
    post: Post
    is_current: bool
    words: str = ""


def stops_of(thread: Thread) -> list[int]:
    """Where a reader of a long thread may jump to: its pages, or stops evenly apart."""
    pages = (thread.last_number + POSTS_A_PAGE - 1) // POSTS_A_PAGE
    if pages < 2:
        return []
    step = max(1, -(-pages // RAIL_STOPS))
    return [page * POSTS_A_PAGE + 1 for page in range(0, pages, step)]


def rail(found: Iterable[Post], stops: list[int], start: int) -> list[Stop]:
    """The stops among the posts that were ``found``; one of them holds the page that begins at ``start``."""
    return [
        Stop(post.number, post, _holds(stops, post.number, start), _line(post))
        for post in found
        if post.number in stops
    ]


def _line(post: Post) -> str:
    """How the post at a stop begins."""
    return words_of(post.html, post.excerpt) if post.state == PostState.PUBLISHED else ""


def _holds(numbers: list[int], number: int, start: int) -> bool:
    """Whether the open page lies at this stop or between it and the next."""
    return max(stop for stop in numbers if stop <= start) == number
