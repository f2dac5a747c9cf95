"""The table of contents of a long thread: a line for each post, to jump to."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.db.models.functions import Substr
from django.http import Http404
from django.utils.translation import gettext as _

from communities.forums.enums import PostState
from communities.forums.models import Thread
from network.consent.tokens import MARK
from network.experts.disclosure import PersonCard, cards_for
from network.foundations.richtext import excerpt, to_text
from network.foundations.viewer import Viewer

#: Lines on one page, letters of a line, and how far into a post a heading is looked for.
LINES_A_PAGE, LONGEST, BEGINNING = 300, 90, 600
_HEADING = re.compile(r"<h[2-4][^>]*>(.+?)</h[2-4]>", re.DOTALL)


@dataclass(frozen=True)
class Line:
    """``words`` are the first heading of a post, or how it begins; empty where a moderator has hidden it."""

    number: int
    words: str
    at: datetime
    person: PersonCard | None
    participant: int | None
    is_answer: bool


@dataclass(frozen=True)
class Contents:
    lines: list[Line]
    start: int
    next: int

    @property
    def previous(self) -> int:
        return max(self.start - LINES_A_PAGE, 0)


def words_of(beginning: str, otherwise: str) -> str:
    """The line for a post: what is sealed in it has no words here."""
    if MARK in beginning or MARK in otherwise:
        return _("Traditional knowledge")
    heading = _HEADING.search(beginning)
    return excerpt(heading[1] if heading and to_text(heading[1]).strip() else otherwise, LONGEST)


def contents(viewer: Viewer, thread: Thread, wanted: int) -> Contents:
    """The lines around post ``wanted``; two questions however long the thread is."""
    start = max(wanted - 1, 0) // LINES_A_PAGE * LINES_A_PAGE + 1
    if start > 1 and start > thread.last_number:
        raise Http404
    end = start + LINES_A_PAGE
    posts = thread.posts.filter(number__gte=start, number__lt=end).order_by("number")
    rows = list(
        posts.annotate(beginning=Substr("html", 1, BEGINNING)).values_list(
            "pk", "number", "beginning", "excerpt", "written_at", "author", "participant", "state"
        )
    )
    cards = cards_for(viewer, [author for *_rest, author, _participant, _state in rows])
    lines = [
        Line(
            number=number,
            words=words_of(beginning, excerpted) if state == PostState.PUBLISHED else "",
            at=at,
            person=cards.get(author),
            participant=participant,
            is_answer=thread.forum.is_questions and pk == thread.answer_id,
        )
        for pk, number, beginning, excerpted, at, author, participant, state in rows
    ]
    return Contents(lines, start, end if end <= thread.last_number else 0)
