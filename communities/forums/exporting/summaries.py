"""What a consultation made of its answers, as rows of a copy: passages, the summary, its corrections."""

from typing import Any

from django.db.models import QuerySet

from communities.forums.exporting.copy import Copy
from communities.forums.exporting.plain import Rows, plain
from communities.forums.models import Correction, Passage, Sentence, Summary, SummarySection

PASSAGE = ("number", "version", "paragraph", "digest", "at")
SUMMARY = ("language", "drafted_at", "corrections_until", "published_at")
SENTENCE = ("paragraph", "position", "text", "is_own")
CORRECTION = ("said", "proposed", "reason", "at", "is_accepted", "answer", "answered_at")


def _passages(copy: Copy) -> QuerySet[Passage]:
    return Passage.objects.filter(forum__community=copy.community, post__in=copy.posts()).order_by("pk")


def _summaries(copy: Copy) -> QuerySet[Summary]:
    return Summary.objects.filter(forum__community=copy.community).order_by("pk")


def _corrections(copy: Copy) -> QuerySet[Correction]:
    return Correction.objects.filter(summary__forum__community=copy.community).order_by("pk")


def people(copy: Copy) -> list[QuerySet]:
    """Those who picked and published; in a whole copy those who corrected, too."""
    acted = [_passages(copy).values("by"), _summaries(copy).values("published_by")]
    if copy.is_whole:
        acted += [_corrections(copy).values("user"), _corrections(copy).values("answered_by")]
    return acted


def passages(copy: Copy) -> Rows:
    """Where the words stand that a summary rests on; never the words."""
    yield from _passages(copy).values("forum", "question", "post", "by", *PASSAGE).iterator()


def summaries(copy: Copy) -> Rows:
    """Each with its sentences, and the numbers of the passages that each of them rests on."""
    found = _summaries(copy).prefetch_related("sections__sentences__sources")
    for summary in found:
        told = {"forum": summary.forum_id, "published_by": summary.published_by_id}
        sections = sorted(summary.sections.all(), key=lambda one: one.pk)
        yield told | plain(summary, SUMMARY) | {"sections": [_section(one) for one in sections]}


def _section(section: SummarySection) -> dict[str, Any]:
    said = [plain(one, SENTENCE) | {"sources": _numbers(one)} for one in section.sentences.all()]
    return {"question": section.question_id, "version": section.version, "sentences": said}


def _numbers(sentence: Sentence) -> list[int]:
    return sorted(passage.number for passage in sentence.sources.all())


def corrections(copy: Copy) -> Rows:
    """What contributors asked to be changed, and the answers. Nobody else is told who they are."""
    for one in _corrections(copy).select_related("summary", "sentence__section"):
        told = {"forum": one.summary.forum_id, "user": one.user_id, "answered_by": one.answered_by_id}
        yield told | plain(one, CORRECTION) | {"of": _place(one.sentence)}


def _place(sentence: Sentence | None) -> dict[str, Any] | None:
    """Where the sentence stands that it is about; None where that was written anew."""
    if sentence is None:
        return None
    told = {"question": sentence.section.question_id}
    return told | {"paragraph": sentence.paragraph, "position": sentence.position}
