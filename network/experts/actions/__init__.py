"""Deeds of the room ``experts``."""

from network.experts.actions.bringing import add_publications, fill_in
from network.experts.actions.drafts import drop_old_drafts, keep_draft, throw_draft_away
from network.experts.actions.editing import bring_back, forget_history, own_profile, save_section
from network.experts.actions.keeping import circles_changed, details_changed, refresh
from network.experts.actions.messaging import (
    answer,
    block,
    decide,
    drop_old_messages,
    report,
    unblock,
    write_to,
)
from network.experts.actions.photo import remove_photo, set_photo
from network.experts.actions.publishing import hide, publish
from network.experts.actions.roster import Entered, enter_person

__all__ = [
    "Entered",
    "add_publications",
    "answer",
    "block",
    "bring_back",
    "circles_changed",
    "decide",
    "details_changed",
    "drop_old_drafts",
    "drop_old_messages",
    "enter_person",
    "fill_in",
    "forget_history",
    "hide",
    "keep_draft",
    "own_profile",
    "publish",
    "refresh",
    "remove_photo",
    "report",
    "save_section",
    "set_photo",
    "throw_draft_away",
    "unblock",
    "write_to",
]
