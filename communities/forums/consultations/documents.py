"""Proceedings as plain data for documents: every text bound for its reader, nothing in it is markup.

What goes into a document cannot be called back from it, so all is bound before it is written.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from communities.forums.consultations.passages import Quoted
from communities.forums.consultations.proceedings import Proceedings
from communities.forums.consultations.summaries import Part
from communities.forums.enums import Attribution
from communities.forums.quoting import words
from network.consent.egress import bind
from network.foundations.clock import official
from network.foundations.printing import direction, printable
from network.foundations.viewer import Viewer

EXIT = "document"


@dataclass(frozen=True)
class Document:
    """``holds_knowledge``: some of its texts stood for sealed knowledge, whether or not it was released."""

    data: dict[str, Any]
    holds_knowledge: bool


def document(proceedings: Proceedings, reader: Viewer) -> Document:
    """In the active language; what people wrote stays in the language in which they wrote it."""
    scribe = _Scribe(proceedings, reader)
    return Document(scribe.data(), scribe.holds_knowledge)


class _Scribe:
    def __init__(self, proceedings: Proceedings, reader: Viewer) -> None:
        self.of, self.reader = proceedings, reader
        self.holds_knowledge = False

    def text(self, said: Any) -> str:
        bound = bind(self.reader, str(said), exit=EXIT, format="text")
        self.holds_knowledge = self.holds_knowledge or bound.held
        return printable(bound.text)

    def block(self, said: Any) -> dict[str, str]:
        text = self.text(said)
        return {"text": text, "dir": direction(text)}

    def data(self) -> dict[str, Any]:
        of, forum = self.of, self.of.forum
        return {
            "language": get_language() or settings.LANGUAGE_CODE,
            "dir": "rtl" if get_language_bidi() else "ltr",
            "written_in": of.summary.language,
            "title": self.block(forum.title),
            "kind": _("Proceedings of a consultation"),
            "community": self.block(forum.community.name),
            "about": self.block(forum.description),
            "facts": [[label, self.text(value)] for label, value in self._facts()],
            "questions": self._section(_("Guiding questions"), self._questions()),
            "summary": self._section(_("Summary"), [self._part(part) for part in of.text.parts]),
            "note": _("The numbers lead to the passages on which a sentence rests."),
            "own": _("moderator’s own words"),
            "sources": self._section(_("What the summary rests on"), self._sources()),
            "contributors": self._section(_("Contributors"), self._contributors()),
            "attribution": str(Attribution(forum.attribution).label),
            "statistics": {
                "title": _("Contributions in numbers"),
                "head": [_("Group"), _("Contributors"), _("Posts")],
                "rows": [[str(one.label), str(one.number), str(one.posts)] for one in of.groups],
                "total": [_("All"), str(len(of.tallies.people)), str(of.tallies.posts)],
            },
            "by_question": {
                "title": _("Posts by question"),
                "head": [_("Question"), _("Posts")],
                "rows": [[self.text(question.title), str(number)] for question, number in of.by_question],
            },
        }

    @staticmethod
    def _section(title: str, items: list[Any]) -> dict[str, Any]:
        return {"title": title, "items": items}

    def _facts(self) -> list[tuple[str, str]]:
        of, forum = self.of, self.of.forum
        told = []
        if forum.window:
            told.append((_("Opened"), official(forum.window.opens_at, forum.zone)))
            told.append((_("Closed"), official(forum.window.closes_at, forum.zone)))
        if of.summary.drafted_at and of.summary.corrections_until:
            told.append((_("Draft shown"), official(of.summary.drafted_at, forum.zone)))
            told.append((_("Corrections until"), official(of.summary.corrections_until, forum.zone)))
            told.append((_("Corrections"), corrections_line(of)))
        if of.summary.published_at:
            told.append((_("Published"), official(of.summary.published_at, forum.zone)))
        told.append((_("Posts"), str(of.tallies.posts)))
        told.append((_("Threads"), str(of.threads)))
        told.append((_("Address"), urljoin(settings.NETWORK_BASE_URL, forum.get_absolute_url())))
        return told

    def _questions(self) -> list[dict[str, Any]]:
        return [
            {
                "title": self.block(question.title),
                "text": self.block(question.text),
                "clarified": [self.block(one.text) for one in question.clarifications.all()],
            }
            for question in self.of.questions
        ]

    def _part(self, part: Part) -> dict[str, Any]:
        heading = part.question.title if part.question else ""
        return {
            "title": self.block(heading),
            "paragraphs": [
                [
                    self.block(said.sentence.text)
                    | {"notes": [source.number for source in said.sources], "own": said.sentence.is_own}
                    for said in paragraph
                ]
                for paragraph in part.paragraphs
            ],
        }

    def _sources(self) -> list[dict[str, Any]]:
        return [{"number": source.number} | self._source(source.quoted) for source in self.of.text.sources]

    def _source(self, quoted: Quoted) -> dict[str, Any]:
        if quoted.post is None:
            return {"label": self.block(gone_words()), "url": "", "words": self.block("")}
        label = _("Post %(number)s in “%(thread)s”") % {
            "number": quoted.post.number,
            "thread": quoted.post.thread.title,
        }
        said = words(quoted.html) if quoted.html else changed_words()
        return {
            "label": self.block(label),
            "url": urljoin(settings.NETWORK_BASE_URL, quoted.post.get_absolute_url()),
            "words": self.block(said),
        }

    def _contributors(self) -> list[dict[str, Any]]:
        return [
            {"title": str(one.label), "lines": [self.text(line) for line in one.lines]}
            for one in self.of.contributors
        ]


def gone_words() -> str:
    return _("This passage is not shown any more.")


def changed_words() -> str:
    return _("Its author has changed these words since.")


def corrections_line(of: Proceedings) -> str:
    """How many were proposed, and what became of them."""
    return _(
        "%(proposed)s proposed, %(accepted)s accepted, %(declined)s declined, %(unanswered)s unanswered"
    ) % {
        "proposed": of.proposed,
        "accepted": of.accepted,
        "declined": of.declined,
        "unanswered": of.unanswered,
    }
