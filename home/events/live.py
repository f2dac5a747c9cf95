"""Rooms of sessions as live streams: what was asked, as the fragment that an open page takes in."""

from django.template.loader import render_to_string
from django.utils import timezone

from home.events.actions.rooms import QUESTION, VOTED
from home.events.enums import QuestionState
from home.events.models import EventPage, LiveRoom, Session
from home.events.rooms import Standing
from network.experts.disclosure import cards_for
from network.foundations.viewer import Viewer
from network.live.streams import LiveMessage
from network.outbox.models import Entry


def standing(viewer: Viewer, room: LiveRoom) -> Standing | None:
    """The room as this viewer stands in it; None where its event or its session is not published."""
    pages = EventPage.objects.visible().for_readers_of(viewer.language).filter(translation_key=room.event)
    event = pages.first()
    sessions = Session.objects.select_related("speaker").filter(event=event, key=room.session)
    session = sessions.first() if event else None
    if event is None or session is None:
        return None
    session.event = event
    return Standing(viewer, event, session, room, timezone.now())


def may_follow(viewer: Viewer, key: str) -> bool:
    room = LiveRoom.objects.filter(pk=int(key)).first()
    here = standing(viewer, room) if room else None
    return here is not None and here.can_read


def render(entry: Entry, viewer: Viewer) -> LiveMessage | None:
    """A question as everybody who follows the room reads it: acts are put in by the page that receives it."""
    if entry.kind not in {QUESTION, VOTED}:
        return LiveMessage()
    room = LiveRoom.objects.filter(pk=entry.stream_id.partition(":")[2]).first()
    here = standing(viewer, room) if room else None
    if here is None or not here.can_read:
        return None
    number = entry.ids["question"]
    one = here.room.questions.filter(pk=number, state=QuestionState.SHOWN).first()
    if one is None:
        return LiveMessage(data={"question": number})
    data = {"question": number, "votes": one.votes, "answered": bool(one.answered_at)}
    if entry.kind == VOTED:
        return LiveMessage(data=data)
    cards = cards_for(viewer, [one.asked_by_id])
    context = {"one": one, "cards": cards, "event": here.event, "session": here.session, "can_vote": True}
    return LiveMessage(html=render_to_string("events/session/_question.html", context), data=data)
