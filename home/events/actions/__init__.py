"""Deeds at the registration desk of an event."""

from home.events.actions.answering import approve, check_in, decline, dismiss, undo_check_in
from home.events.actions.following import follow_page
from home.events.actions.keeping import change_desk, close_desk, open_desk
from home.events.actions.registering import amend, give_back, register, take_offer
from home.events.actions.timing import forget_needs, remind_due, settle_due

__all__ = [
    "amend",
    "approve",
    "change_desk",
    "check_in",
    "close_desk",
    "decline",
    "dismiss",
    "follow_page",
    "forget_needs",
    "give_back",
    "open_desk",
    "register",
    "remind_due",
    "settle_due",
    "take_offer",
    "undo_check_in",
]
