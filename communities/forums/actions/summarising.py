"""The summary of a consultation: passages, sentences that rest on them, corrections, publication.

A passage points at words and keeps none of them. A sentence rests on passages or says that it is the
moderator's own. Between the draft and its publication the text changes by corrections alone.
"""

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urljoin

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Max, Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communities.actions.common import demand, record
from communities.enums import Act
from communities.forums import knowledge, policies
from communities.forums.consultations import marks
from communities.forums.consultations.contributors import has_contributed, own_posts
from communities.forums.consultations.deadlines import after_working_days
from communities.forums.consultations.paragraphs import paragraphs
from communities.forums.enums import Phase, PostState
from communities.forums.models import (
    Correction,
    Forum,
    GuidingQuestion,
    Passage,
    Post,
    Sentence,
    Summary,
    SummarySection,
)
from communities.paging import forum_tag
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused, StaleEdit
from network.foundations.viewer import Viewer
from network.outbox.actions import announce
from network.pagecache.actions import bump

#: Sentences of one section.
MOST_SENTENCES = 200


@deed
def pick(
    *, viewer: Viewer, forum: Forum, post: Post, numbers: Iterable[int], version: int,
    question: GuidingQuestion | None = None,
) -> list[Passage]:  # fmt: skip
    """Pick paragraphs of a post (their numbers in its text of ``version``). What was picked before stays."""
    current = _locked(viewer, forum)
    found = Post.objects.select_related("thread").get(pk=post.pk)
    if found.thread.forum_id != current.pk or found.state != PostState.PUBLISHED:
        raise Refused(_("This post cannot be read here any more."))
    if found.version != version:
        raise StaleEdit(_("Its author has changed this post meanwhile. Look at it again."), found)
    _demand_own(current, question)
    blocks = {one.number: one for one in paragraphs(found.html) if not one.is_quotation}
    wanted = [blocks[number] for number in sorted(set(numbers)) if number in blocks]
    if not wanted:
        raise Refused(_("Choose at least one paragraph."), "paragraphs")
    kept = set(current.passages.filter(post=found).values_list("digest", flat=True))
    last = current.passages.aggregate(last=Max("number"))["last"] or 0
    made = []
    for block in wanted:
        if block.digest not in kept:
            kept.add(block.digest)
            last += 1
            made.append(
                Passage(
                    forum=current,
                    number=last,
                    question=question or found.thread.question,
                    post=found,
                    version=version,
                    paragraph=block.number,
                    digest=block.digest,
                    by=viewer.user,
                )
            )
    return Passage.objects.bulk_create(made)


@deed
def regroup(*, viewer: Viewer, passage: Passage, question: GuidingQuestion | None) -> Passage:
    """Put a passage under another question."""
    forum = _locked(viewer, passage.forum)
    _demand_own(forum, question)
    current = _passage(passage)
    current.question = question
    current.save(update_fields=["question"])
    return current


@deed
def drop_passage(*, viewer: Viewer, passage: Passage) -> None:
    """Let go of a passage that no sentence rests on."""
    _locked(viewer, passage.forum)
    current = _passage(passage)
    if current.sentences.exists():
        raise Refused(_("A sentence of the summary rests on this passage."))
    current.delete()


@deed
def write_section(
    *, viewer: Viewer, forum: Forum, question: GuidingQuestion | None, text: str, version: int
) -> SummarySection:
    """Write what the summary says to a question (``consultations.marks`` says how); ``version`` is the one
    that stood in the form."""
    current = _locked(viewer, forum)
    _demand_own(current, question)
    section = _section(current, question)
    _demand_writable(section.summary)
    if section.version != version:
        raise StaleEdit(_("Somebody else saved this text meanwhile. Both stand below."), section, "text")
    knowledge.refuse_copies(viewer, text, "text")
    lines = marks.read(text)
    if len(lines) > MOST_SENTENCES:
        raise Refused(_("At most %(n)s sentences.") % {"n": MOST_SENTENCES}, "text")
    passages = {one.number: one for one in current.passages.all()}
    unknown = sorted({number for line in lines for number in line.numbers} - set(passages))
    if unknown:
        raise Refused(_("There is no passage with the number %(number)s.") % {"number": unknown[0]}, "text")
    _put(section, lines, passages)
    return section


def _put(section: SummarySection, lines: list[marks.Line], passages: dict[int, Passage]) -> None:
    """Sentences whose words stay keep their row: corrections point at it."""
    left: dict[str, list[Sentence]] = {}
    for row in section.sentences.all():
        left.setdefault(row.text, []).append(row)
    for position, line in enumerate(lines, start=1):
        same = left.get(line.text)
        row = same.pop(0) if same else Sentence(section=section, text=line.text)
        row.paragraph, row.position = line.paragraph, position
        row.is_own = row.is_own and not line.numbers
        row.save()
        row.sources.set([passages[number] for number in line.numbers])
    Sentence.objects.filter(pk__in=[row.pk for rows in left.values() for row in rows]).delete()
    section.version += 1
    section.save(update_fields=["version"])


@deed
def own_words(
    *, viewer: Viewer, forum: Forum, question: GuidingQuestion | None, sentences: Iterable[int], version: int
) -> SummarySection:
    """Say which sentences without a passage are the moderator's own words; the others are not."""
    current = _locked(viewer, forum)
    section = _section(current, question)
    _demand_writable(section.summary)
    if section.version != version:
        raise StaleEdit(_("Somebody else saved this text meanwhile. Both stand below."), section)
    wanted = set(sentences)
    for row in section.sentences.filter(sources=None):
        row.is_own = row.pk in wanted
        row.save(update_fields=["is_own"])
    section.version += 1
    section.save(update_fields=["version"])
    return section


@deed
def show_draft(
    *, viewer: Viewer, forum: Forum, language: str | None = None, at: datetime | None = None
) -> Summary:
    """Show the draft to those who contributed: their time for corrections begins. ``at`` is for what was
    done elsewhere and earlier."""
    now = at or timezone.now()
    current = _locked(viewer, forum)
    if current.window and current.phase not in (Phase.CLOSED, Phase.SUMMARISED):
        raise Refused(_("The consultation is not over. A draft is shown once it has closed."))
    summary = _summary(current)
    _demand_writable(summary)
    _demand_sources(summary)
    summary.language = language or summary.language
    summary.drafted_at = now
    summary.corrections_until = after_working_days(now, current.correction_days, current.zone)
    summary.save(update_fields=["language", "drafted_at", "corrections_until"])
    record(Act.SUMMARY_DRAFTED, current.community, viewer, ("forum", current.pk))
    announce(f"community:{current.community_id}", "summary.drafted", summary=summary.pk)
    return summary


@deed
def take_draft_back(*, viewer: Viewer, forum: Forum) -> Summary:
    """Write on: those who contributed see nothing until it is shown to them anew, for the whole time."""
    current = _locked(viewer, forum)
    summary = _summary(current)
    if not summary.is_drafted or summary.is_published:
        raise Refused(_("There is no draft to take back."))
    summary.drafted_at = summary.corrections_until = None
    summary.save(update_fields=["drafted_at", "corrections_until"])
    record(Act.SUMMARY_TAKEN_BACK, current.community, viewer, ("forum", current.pk))
    return summary


@deed
def propose_correction(
    *, viewer: Viewer, sentence: Sentence, proposed: str, reason: str, at: datetime | None = None
) -> Correction:
    """Say how a sentence that rests on one's own words should read."""
    summary = Summary.objects.select_for_update(of=("self",)).get(sections__sentences=sentence)
    current = Sentence.objects.get(pk=sentence.pk)
    if not rests_on(viewer, current) or not has_contributed(viewer, summary.forum):
        raise PermissionDenied(_("Corrections are for those on whose posts a sentence rests."))
    if not summary.takes_corrections(at):
        raise Refused(_("The time for corrections is over. Your text is kept below."))
    knowledge.refuse_copies(viewer, proposed, "proposed")
    knowledge.refuse_copies(viewer, reason, "reason")
    if current.corrections.filter(user=viewer.user_id, answered_at=None).exists():
        raise Refused(_("A correction of yours to this sentence waits for an answer already."))
    made = Correction.objects.create(
        summary=summary,
        sentence=current,
        user=viewer.user,
        said=current.text,
        proposed=proposed,
        reason=reason,
        at=at or timezone.now(),
    )
    announce(f"community:{summary.forum.community_id}", "summary.correction", correction=made.pk)
    return made


def rests_on(viewer: Viewer, sentence: Sentence) -> bool:
    """Whether one of the posts that the sentence rests on is her own."""
    return own_posts(viewer).filter(passages__sentences=sentence).exists()


@deed
def answer_correction(
    *, viewer: Viewer, correction: Correction, accepts: bool, reason: str, text: str = "",
    at: datetime | None = None,
) -> Correction:  # fmt: skip
    """Accept a correction (the sentence then reads ``text``, by default as proposed) or decline it."""
    current = _locked(viewer, correction.summary.forum)
    summary = _summary(current)
    row = Correction.objects.select_for_update(of=("self",)).get(pk=correction.pk)
    if row.is_answered:
        raise Refused(_("This correction was answered meanwhile."))
    if summary.is_published:
        raise Refused(_("The summary is published. It is not changed any more."))
    knowledge.refuse_copies(viewer, reason, "reason")
    if accepts:
        _rewrite(viewer, row, " ".join((text or row.proposed).split()))
    row.is_accepted, row.answer = accepts, reason
    row.answered_at, row.answered_by = at or timezone.now(), viewer.user
    row.save(update_fields=["is_accepted", "answer", "answered_at", "answered_by"])
    act = Act.CORRECTION_ACCEPTED if accepts else Act.CORRECTION_DECLINED
    record(act, current.community, viewer, ("forum", current.pk), reason=reason)
    announce(f"community:{current.community_id}", "summary.answered", correction=row.pk)
    return row


def _rewrite(viewer: Viewer, correction: Correction, text: str) -> None:
    sentence = correction.sentence
    if sentence is None:
        raise Refused(_("The sentence is gone. Decline the correction and say what became of it."), "accepts")
    knowledge.refuse_copies(viewer, text, "text")
    sentence.text = text
    sentence.save(update_fields=["text"])
    section = sentence.section
    section.version += 1
    section.save(update_fields=["version"])


@deed
def publish_proceedings(*, viewer: Viewer, forum: Forum, at: datetime | None = None) -> Summary:
    """Publish once the time for corrections is over; the forum is summarised by that."""
    now = at or timezone.now()
    current = _locked(viewer, forum)
    summary = _summary(current)
    if summary.is_published:
        return summary
    if not summary.is_drafted:
        raise Refused(_("Those who contributed have to see the draft first."))
    if summary.takes_corrections(now):
        raise Refused(_("The time for corrections is not over."))
    _demand_sources(summary)
    summary.published_at, summary.published_by = now, viewer.user
    summary.save(update_fields=["published_at", "published_by"])
    with translation.override(settings.LANGUAGE_CODE):
        page = reverse("forums:proceedings", args=[current.community.slug, current.slug])
    current.summary_url = urljoin(settings.NETWORK_BASE_URL, page)
    current.save(update_fields=["summary_url"])
    bump(forum_tag(current.community.slug, current.slug))
    record(Act.PROCEEDINGS_PUBLISHED, current.community, viewer, ("forum", current.pk))
    announce(f"community:{current.community_id}", "summary.published", summary=summary.pk)
    return summary


def unsourced(summary: Summary) -> int:
    """Sentences that rest on no post that can still be read, and are not said to be the moderator's own."""
    standing = Q(sources__post__state=PostState.PUBLISHED)
    rows = Sentence.objects.filter(section__summary=summary, is_own=False)
    return rows.exclude(pk__in=rows.filter(standing).values("pk")).count()


def _demand_sources(summary: Summary) -> None:
    if not Sentence.objects.filter(section__summary=summary).exists():
        raise Refused(_("The summary is empty."))
    if number := unsourced(summary):
        raise Refused(
            ngettext(
                "%(n)s sentence rests on no passage. Name one, or say that it is the moderator’s own.",
                "%(n)s sentences rest on no passage. Name one for each, or say that they are the "
                "moderator’s own.",
                number,
            )
            % {"n": number}
        )


def _demand_writable(summary: Summary) -> None:
    if summary.is_published:
        raise Refused(_("The summary is published. It is not changed any more."))
    if summary.is_drafted:
        raise Refused(
            _("Those who contributed read this draft. It changes by corrections alone; else take it back.")
        )


def _demand_own(forum: Forum, question: GuidingQuestion | None) -> None:
    if question is not None and question.forum_id != forum.pk:
        raise Refused(_("This question belongs to another consultation."), "question")


def _locked(viewer: Viewer, forum: Forum) -> Forum:
    """The forum's row, locked: a summary is written by one deed after the other."""
    current = Forum.objects.select_for_update(of=("self",)).select_related("community").get(pk=forum.pk)
    demand(policies.can_consult(viewer, current))
    return current


def _passage(passage: Passage) -> Passage:
    found = Passage.objects.filter(pk=passage.pk).first()
    if found is None:
        raise Refused(_("This passage was let go meanwhile."))
    return found


def _summary(forum: Forum) -> Summary:
    return Summary.objects.get_or_create(forum=forum)[0]


def _section(forum: Forum, question: GuidingQuestion | None) -> SummarySection:
    return SummarySection.objects.get_or_create(summary=_summary(forum), question=question)[0]
