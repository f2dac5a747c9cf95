"""Deeds at the registration desk of an event."""

from home.events.actions.answering import approve, check_in, decline, dismiss, undo_check_in
from home.events.actions.beginning import begin_event
from home.events.actions.certifying import take_certificate
from home.events.actions.following import follow_page
from home.events.actions.going import go
from home.events.actions.keeping import change_desk, close_desk, open_desk
from home.events.actions.registering import amend, give_back, register, take_offer
from home.events.actions.rooms import (
    ask_in_room,
    decide,
    end_session,
    mark_answered,
    mark_open,
    move_to_forum,
    set_room,
    vote,
    withdraw_question,
)
from home.events.actions.speaking import answer_claim, claim, review
from home.events.actions.stalls import (
    add_hour,
    answer,
    ask,
    book,
    drop_hour,
    give_talk_back,
    hide,
    renew,
    tell_story,
)
from home.events.actions.timing import forget_needs, remind_due, settle_due

__all__ = [
    "add_hour",
    "amend",
    "answer",
    "answer_claim",
    "approve",
    "ask",
    "ask_in_room",
    "begin_event",
    "book",
    "change_desk",
    "check_in",
    "claim",
    "close_desk",
    "decide",
    "decline",
    "dismiss",
    "drop_hour",
    "end_session",
    "follow_page",
    "forget_needs",
    "give_back",
    "give_talk_back",
    "go",
    "hide",
    "mark_answered",
    "mark_open",
    "move_to_forum",
    "open_desk",
    "register",
    "remind_due",
    "renew",
    "review",
    "set_room",
    "settle_due",
    "take_certificate",
    "take_offer",
    "tell_story",
    "undo_check_in",
    "vote",
    "withdraw_question",
]
