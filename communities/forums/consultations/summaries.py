"""A summary as one viewer reads it: what is said to each question, and what each sentence rests on."""

from dataclasses import dataclass, field
from itertools import groupby

from communities.forums.consultations.contributors import own_posts
from communities.forums.consultations.passages import Quoted, quoted
from communities.forums.models import Forum, GuidingQuestion, Passage, Sentence, Summary
from network.foundations.viewer import Viewer


@dataclass(frozen=True)
class Source:
    """A passage with its number in this text: the first one that is named has number 1."""

    number: int
    quoted: Quoted


@dataclass
class Said:
    """One sentence. ``is_hers``: it rests on what this viewer wrote herself."""

    sentence: Sentence
    sources: list[Source]
    is_hers: bool = False

    @property
    def is_unsourced(self) -> bool:
        """It rests on nothing that can be read, and nobody has said that these are her own words."""
        return not self.sentence.is_own and all(source.quoted.is_gone for source in self.sources)


@dataclass
class Part:
    """What the summary says to one question, or before them all."""

    question: GuidingQuestion | None
    paragraphs: list[list[Said]] = field(default_factory=list)
    version: int = 0

    @property
    def sentences(self) -> list[Said]:
        return [said for paragraph in self.paragraphs for said in paragraph]


@dataclass
class Text:
    """The whole of it; ``sources`` are the notes below."""

    parts: list[Part]
    sources: list[Source]

    @property
    def is_empty(self) -> bool:
        return not any(part.paragraphs for part in self.parts)

    @property
    def unsourced(self) -> int:
        return sum(said.is_unsourced for part in self.parts for said in part.sentences)


def questions_of(forum: Forum) -> list[GuidingQuestion]:
    return list(forum.guiding_questions.prefetch_related("clarifications"))


def read(viewer: Viewer, forum: Forum, questions: list[GuidingQuestion], summary: Summary | None) -> Text:
    """What is written so far, in the order of the questions; the same number of questions for any length."""
    sections = {}
    if summary is not None:
        found = summary.sections.prefetch_related("sentences__sources")
        sections = {section.question_id: section for section in found}
    rows = [row for section in sections.values() for row in section.sentences.all()]
    passages: dict[int, Passage] = {one.pk: one for row in rows for one in row.sources.all()}
    shown = quoted(viewer, passages.values())
    hers = (
        set(own_posts(viewer).filter(passages__in=passages).values_list("pk", flat=True))
        if passages
        else set()
    )
    text = Text([], [])
    notes: dict[int, Source] = {}
    for question in (None, *questions):
        section = sections.get(question and question.pk)
        part = Part(question, version=section.version if section else 0)
        sentences = section.sentences.all() if section else ()
        for _number, paragraph in groupby(sentences, key=lambda row: row.paragraph):
            part.paragraphs.append([_said(row, shown, notes, hers) for row in paragraph])
        text.parts.append(part)
    text.sources = list(notes.values())
    return text


def _said(row: Sentence, shown: dict[int, Quoted], notes: dict[int, Source], hers: set[int]) -> Said:
    sources = []
    for passage in row.sources.all():
        note = notes.setdefault(passage.pk, Source(len(notes) + 1, shown[passage.pk]))
        sources.append(note)
    return Said(row, sources, any(passage.post_id in hers for passage in row.sources.all()))
