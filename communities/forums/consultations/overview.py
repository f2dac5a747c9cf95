"""The front of a consultation: its guiding questions, each with its threads and who has answered."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber

from communities.forums.consultations.contributors import (
    Tallies,
    Tally,
    contributions,
    has_contributed,
    tally,
)
from communities.forums.consultations.summaries import questions_of
from communities.forums.models import Forum, GuidingQuestion, Summary, Thread
from network.foundations.viewer import Viewer

#: Threads of one question on the front page; the others are one step away.
SHOWN = 8
#: In the address: threads that are about none of the questions.
NONE = "none"


@dataclass
class Part:
    """A question with the threads that were written in last."""

    question: GuidingQuestion | None
    threads: list[Thread]
    thread_count: int
    post_count: int
    groups: list[Tally]
    rows: list[dict[str, Any]] = field(default_factory=list)

    @property
    def key(self) -> str:
        return str(self.question.pk) if self.question else NONE

    @property
    def has_more(self) -> bool:
        return self.thread_count > len(self.threads)


@dataclass
class Consultation:
    """``chosen``: one question alone is shown, with all of its threads (``narrowing``)."""

    questions: list[GuidingQuestion]
    parts: list[Part]
    tallies: Tallies
    chosen: GuidingQuestion | None = None
    is_narrowed: bool = False
    narrowing: Q = field(default_factory=Q)
    summary: Summary | None = None
    reads_draft: bool = False


def consultation(viewer: Viewer, forum: Forum, wanted: str) -> Consultation:
    """What its front page shows; a question that there is not narrows nothing."""
    questions = questions_of(forum)
    tallies = tally(contributions(viewer, forum))
    found = Consultation(questions, [], tallies)
    found.chosen = next((one for one in questions if str(one.pk) == wanted), None)
    found.is_narrowed = found.chosen is not None or wanted == NONE
    if found.is_narrowed:
        found.narrowing = Q(question=found.chosen)
    else:
        found.parts = _parts(viewer, forum, questions, tallies)
    found.summary = Summary.objects.filter(forum=forum).first()
    if found.summary and found.summary.is_drafted and not found.summary.is_published:
        found.reads_draft = has_contributed(viewer, forum)
    return found


def _parts(viewer: Viewer, forum: Forum, questions: list[GuidingQuestion], tallies: Tallies) -> list[Part]:
    threads = Thread.objects.visible_to(viewer).filter(forum=forum)
    counted = dict(threads.order_by().values("question").annotate(n=Count("pk")).values_list("question", "n"))
    latest = [F("last_posted_at").desc(), F("id").desc()]
    place = Window(RowNumber(), partition_by=[F("question")], order_by=latest)
    shown = list(threads.annotate(place=place).filter(place__lte=SHOWN).order_by("-last_posted_at", "-id"))
    parts = []
    for question in (*questions, None):
        pk = question and question.pk
        hers = [thread for thread in shown if thread.question_id == pk]
        for thread in hers:
            thread.forum = forum
        if question or hers:
            parts.append(
                Part(question, hers, counted.get(pk, 0), tallies.posts_to(pk), tallies.of_question(pk))
            )
    return parts
