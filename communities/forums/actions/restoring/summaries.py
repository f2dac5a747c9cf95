"""What a consultation of a copy made of its answers: passages, the summary and its corrections."""

from typing import Any

from communities.forums.actions.restoring.state import State, refuse_sealed
from communities.forums.exporting import summaries as told
from communities.forums.models import Correction, Forum, Passage, Sentence, Summary, SummarySection
from communities.forums.restoring import Unsound, made
from network.foundations.deeds import deed

Row = dict[str, Any]


def bring_summaries(state: State) -> None:
    """Of each forum as a whole; where it has passages or a summary already, those stay as they are."""
    passages = state.taken.grouped("passages", "forum")
    summaries = state.taken.grouped("summaries", "forum")
    for number, forum in state.forums.items():
        try:
            _bring(state, forum, passages[number], summaries[number][:1], number)
        except Unsound as reason:
            state.outcome.rejected.append(f"the summary of forum {number}: {reason}")


@deed
def _bring(state: State, forum: Forum, passages: list[Row], summaries: list[Row], number: Any) -> None:
    if Passage.objects.filter(forum=forum).exists() or Summary.objects.filter(forum=forum).exists():
        return
    picked = {passage.number: passage for passage in (_passage(state, forum, row) for row in passages)}
    for row in summaries:
        summary = _summary(state, forum, row)
        said = _sections(state, summary, row, picked)
        for correction in state.taken.grouped("corrections", "forum")[number]:
            _correction(state, summary, correction, said)


def _passage(state: State, forum: Forum, row: Row) -> Passage:
    post = state.posts.get(row.get("post"))
    if post is None:
        raise Unsound(f"passage {row.get('number')} is of a post that is not here")
    passage = made(Passage, row, told.PASSAGE, forum=forum, post_id=post)
    passage.question, passage.by = state.questions.get(row.get("question")), state.person(row.get("by"))
    twice = Passage.objects.filter(forum=forum)
    if (
        twice.filter(number=passage.number).exists()
        or twice.filter(post=post, digest=passage.digest).exists()
    ):
        raise Unsound(f"passage {passage.number} is told twice")
    passage.save()
    return passage


def _summary(state: State, forum: Forum, row: Row) -> Summary:
    summary = made(Summary, row, told.SUMMARY, forum=forum)
    if (summary.drafted_at is None) != (summary.corrections_until is None):
        raise Unsound("its time for corrections has no two ends")
    summary.published_by = state.person(row.get("published_by"))
    summary.save()
    return summary


def _sections(state: State, summary: Summary, row: Row, picked: dict[int, Passage]) -> dict[Any, Sentence]:
    """Its sentences by question, paragraph and position."""
    said: dict[Any, Sentence] = {}
    for told_ in _rows(row.get("sections")):
        question = state.questions.get(told_.get("question"))
        if question is None and told_.get("question") is not None:
            raise Unsound("one of its sections is about a question that is not here")
        if summary.sections.filter(question=question).exists():
            raise Unsound("two of its sections are about the same")
        section = made(SummarySection, told_, ("version",), summary=summary, question=question)
        section.save()
        for one in _rows(told_.get("sentences")):
            sentence = made(Sentence, one, told.SENTENCE, section=section)
            refuse_sealed(sentence.text)
            sentence.save()
            sentence.sources.set(picked[n] for n in _numbers(one.get("sources")) if n in picked)
            said[told_.get("question"), sentence.paragraph, sentence.position] = sentence
    return said


def _correction(state: State, summary: Summary, row: Row, said: dict[Any, Sentence]) -> None:
    correction = made(Correction, row, told.CORRECTION, summary=summary, user=state.person(row.get("user")))
    correction.answered_by = state.person(row.get("answered_by"))
    refuse_sealed(correction.said, correction.proposed, correction.reason, correction.answer)
    if isinstance(of := row.get("of"), dict):
        correction.sentence = said.get((of.get("question"), of.get("paragraph"), of.get("position")))
    waits = Correction.objects.filter(sentence=correction.sentence, user=correction.user, answered_at=None)
    if correction.answered_at is None and correction.sentence and waits.exists():
        raise Unsound("somebody has two open corrections of one sentence")
    correction.save()


def _rows(told_: Any) -> list[Row]:
    return [one for one in told_ if isinstance(one, dict)] if isinstance(told_, list) else []


def _numbers(told_: Any) -> list[int]:
    return [one for one in told_ if isinstance(one, int)] if isinstance(told_, list) else []
