"""Deeds of the room ``experts``."""

from network.experts.actions.editing import own_profile, save_section
from network.experts.actions.keeping import circles_changed, details_changed, refresh
from network.experts.actions.photo import remove_photo, set_photo
from network.experts.actions.publishing import hide, publish
from network.experts.actions.roster import Entered, enter_person

__all__ = [
    "Entered",
    "circles_changed",
    "details_changed",
    "enter_person",
    "hide",
    "own_profile",
    "publish",
    "refresh",
    "remove_photo",
    "save_section",
    "set_photo",
]
