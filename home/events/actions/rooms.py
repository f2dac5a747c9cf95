"""Deeds in the room of a session: setting it up, ending it, what the audience asks."""

from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext as _

from communities.forums import actions as forums
from communities.forums.models import Forum, Thread
from home.events.actions.line import demand
from home.events.enums import QuestionState
from home.events.models import AudienceQuestion, LiveRoom, QuestionVote
from home.events.rooms import Standing
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused, StaleEdit
from network.foundations.ratelimit import limit
from network.outbox.actions import announce

#: Kinds of entry in ``session:<id>``.
CHANGED = "events.room_changed"
MATERIALS = "events.materials_changed"
QUESTION = "events.question_changed"
VOTED = "events.question_voted"
#: What a form may set of a room.
RULES = (
    "meeting_url", "opens_minutes", "takes_questions", "is_moderated", "allows_unnamed", "shares_knowledge",
    "captions_url", "slides_url", "recording_url", "transcript_url",
)  # fmt: skip
_RECORDED = ("recording_url", "transcript_url")


@deed
def set_room(*, here: Standing, version: int, **rules: Any) -> LiveRoom:
    """Set up the room of a session. Raises ``StaleEdit`` where another keeper has done so since ``version``.

    What was recorded is another version whenever its addresses change: speakers agree to each anew.
    """
    demand(here.keeps, _("This is for those who keep the event."))
    room = _room(here)
    if room.version != version:
        raise StaleEdit(_("Somebody has changed this in the meantime."), room)
    if rules.get("shares_knowledge"):
        for name in ("captions_url", *_RECORDED):
            if rules.get(name):
                sentence = _(
                    "Where traditional knowledge may be shared, nothing is recorded. What its holders want "
                    "to pass on is sealed, and shown with their consent."
                )
                raise Refused(sentence, name)
    before = {name: getattr(room, name) for name in _RECORDED}
    for name in RULES:
        if name in rules:
            setattr(room, name, rules[name])
    is_new = any(getattr(room, name) != before[name] for name in _RECORDED)
    room.materials_version += is_new
    room.version += 1
    room.save()
    announce(room.stream, MATERIALS if is_new and any(map(rules.get, _RECORDED)) else CHANGED)
    return room


def _room(here: Standing) -> LiveRoom:
    """The row of the room, locked; made at need."""
    keys = {"event": here.event.translation_key, "session": here.session.key}
    LiveRoom.objects.get_or_create(**keys)
    return LiveRoom.objects.select_for_update().get(**keys)


@deed
def end_session(*, here: Standing) -> LiveRoom:
    """The session is over: nobody asks any more, the room is an archive. Saying it again opens it."""
    demand(here.hosts, _("This is for those who keep the session."))
    room = _room(here)
    room.ended_at = None if room.ended_at else timezone.now()
    room.save(update_fields=["ended_at"])
    announce(room.stream, CHANGED)
    return room


@deed
def ask_in_room(*, here: Standing, text: str, language: str, is_unnamed: bool = False) -> AudienceQuestion:
    """Ask; ten times an hour at most. Without a name, no row knows who asked, and somebody looks first."""
    demand(here.takes_part, _("Those who take part ask here."))
    if not here.can_ask:
        raise Refused(_("This session takes no questions any more."))
    if is_unnamed and not here.room.allows_unnamed:
        raise Refused(_("Questions without a name are not taken here."), "is_unnamed")
    limit("audience-question", f"user:{here.viewer.user_id}", times=10, seconds=3600)
    room = _room(here)
    looked_at = (room.is_moderated and not here.hosts) or is_unnamed
    asked = AudienceQuestion.objects.create(
        room=room, text=text, language=language, is_unnamed=is_unnamed,
        asked_by=None if is_unnamed else here.viewer.user,
        state=QuestionState.WAITING if looked_at else QuestionState.SHOWN,
    )  # fmt: skip
    announce(room.stream, QUESTION, question=asked.pk)
    return asked


@deed
def vote(*, here: Standing, question: AudienceQuestion) -> bool:
    """Want a question answered, too; doing it again takes it back. Whether she wants it now."""
    demand(here.takes_part, _("Those who take part vote here."))
    row = _locked(question)
    if row.state != QuestionState.SHOWN or row.answered_at or here.is_over:
        raise Refused(_("This question takes no votes any more."))
    gone, _kinds = QuestionVote.objects.filter(question=row, person=here.viewer.user).delete()
    if not gone:
        QuestionVote.objects.create(question=row, person=here.viewer.user)
    AudienceQuestion.objects.filter(pk=row.pk).update(votes=F("votes") + (-1 if gone else 1))
    announce(here.room.stream, VOTED, question=row.pk)
    return not gone


@deed
def decide(*, here: Standing, question: AudienceQuestion, show: bool) -> AudienceQuestion:
    """Let a question be seen, or take it off."""
    demand(here.hosts, _("This is for those who keep the session."))
    row = _locked(question)
    row.state = QuestionState.SHOWN if show else QuestionState.HIDDEN
    row.decided_by = here.viewer.user
    row.save(update_fields=["state", "decided_by"])
    announce(here.room.stream, QUESTION, question=row.pk)
    return row


@deed
def mark_answered(*, here: Standing, question: AudienceQuestion, answer: str = "") -> AudienceQuestion:
    """It was answered, aloud or in writing."""
    demand(here.hosts, _("This is for those who keep the session."))
    row = _locked(question)
    row.state, row.answer = QuestionState.SHOWN, answer
    row.answered_at = row.answered_at or timezone.now()
    row.decided_by = here.viewer.user
    row.save(update_fields=["state", "answer", "answered_at", "decided_by"])
    announce(here.room.stream, QUESTION, question=row.pk)
    return row


@deed
def mark_open(*, here: Standing, question: AudienceQuestion) -> AudienceQuestion:
    """It was not answered after all. A written answer goes with the mark."""
    demand(here.hosts, _("This is for those who keep the session."))
    row = _locked(question)
    row.answered_at, row.answer = None, ""
    row.save(update_fields=["answered_at", "answer"])
    announce(here.room.stream, QUESTION, question=row.pk)
    return row


@deed
def withdraw_question(*, here: Standing, question: AudienceQuestion) -> None:
    """Take one's own question away, as long as nobody has answered it."""
    row = _locked(question)
    own = here.viewer.user_id is not None and row.asked_by_id == here.viewer.user_id
    demand(own, _("This question is not yours."))
    if row.answered_at:
        raise Refused(_("It has been answered."))
    number = row.pk
    row.delete()
    announce(here.room.stream, QUESTION, question=number)


def _locked(question: AudienceQuestion) -> AudienceQuestion:
    return AudienceQuestion.objects.select_for_update().get(pk=question.pk)


@deed
def move_to_forum(
    *, here: Standing, forum: Forum, title: str, language: str, submission_key: str = ""
) -> Thread:
    """Go on in a forum of a community that hosts the event, in the name of whoever moves it there.

    The opening post holds the questions that were shown, without names: who asked here did not write there.
    What was said where traditional knowledge may be shared stays here.
    """
    demand(here.hosts, _("This is for those who keep the session."))
    room = _room(here)
    if room.thread is not None:
        return room.thread
    if not here.is_over:
        raise Refused(_("The session is not over yet."))
    if room.shares_knowledge:
        raise Refused(_("Traditional knowledge may have been shared here. It is not moved on."))
    if not here.event.hosts.filter(pk=forum.community_id).exists():
        raise Refused(_("Choose a forum of a community that hosts the event."), "forum")
    room.thread = forums.start_thread(
        viewer=here.viewer, forum=forum, title=title, html=_told(here, room), language=language,
        submission_key=submission_key,
    )  # fmt: skip
    room.save(update_fields=["thread"])
    announce(room.stream, CHANGED)
    return room.thread


def _told(here: Standing, room: LiveRoom) -> str:
    """The questions of a session as the opening post of a thread."""
    begins = _("What was asked in the session “%(session)s” of “%(event)s”:") % {
        "session": here.session.title,
        "event": here.event.title,
    }
    parts = [f"<p>{escape(begins)}</p>"]
    for one in room.questions.shown().in_order():
        answered = one.answer or (_("Answered in the session.") if one.answered_at else "")
        parts.append(f"<blockquote><p>{_lines(one.text)}</p></blockquote>")
        if answered:
            parts.append(f"<p>{_lines(answered)}</p>")
    return "".join(parts)


def _lines(text: str) -> str:
    return "<br>".join(escape(line) for line in text.splitlines())
