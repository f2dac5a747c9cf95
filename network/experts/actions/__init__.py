"""Deeds of the room ``experts``."""

from network.experts.actions.editing import own_profile, save_section
from network.experts.actions.intake import (
    forget_list,
    start_list,
    take_slice,
    tell_columns,
    tidy_lists,
    upload_list,
)
from network.experts.actions.keeping import circles_changed, details_changed, refresh
from network.experts.actions.photo import remove_photo, set_photo
from network.experts.actions.publishing import hide, publish
from network.experts.actions.refusing import refuse_lists
from network.experts.actions.roster import Entered, enter_person
from network.experts.actions.suggesting import answer_suggestion, mark

__all__ = [
    "Entered",
    "answer_suggestion",
    "circles_changed",
    "details_changed",
    "enter_person",
    "forget_list",
    "hide",
    "mark",
    "own_profile",
    "publish",
    "refresh",
    "refuse_lists",
    "remove_photo",
    "save_section",
    "set_photo",
    "start_list",
    "take_slice",
    "tell_columns",
    "tidy_lists",
    "upload_list",
]
