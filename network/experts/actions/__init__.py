"""Deeds of the room ``experts``."""

from network.experts.actions.editing import own_profile, save_section
from network.experts.actions.exporting import ask_for_export, build_export, drop_old_exports
from network.experts.actions.keeping import circles_changed, details_changed, refresh
from network.experts.actions.photo import remove_photo, set_photo
from network.experts.actions.publishing import hide, publish
from network.experts.actions.roster import Entered, enter_person
from network.experts.actions.shortlisting import (
    delete_shortlist,
    end_share,
    forget_unanswered_shares,
    make_shortlist,
    note_on_shortlist,
    put_on_shortlist,
    rename_shortlist,
    share_shortlist,
    take_off_shortlist,
)

__all__ = [
    "Entered",
    "ask_for_export",
    "build_export",
    "circles_changed",
    "delete_shortlist",
    "details_changed",
    "drop_old_exports",
    "end_share",
    "enter_person",
    "forget_unanswered_shares",
    "hide",
    "make_shortlist",
    "note_on_shortlist",
    "own_profile",
    "publish",
    "put_on_shortlist",
    "refresh",
    "remove_photo",
    "rename_shortlist",
    "save_section",
    "set_photo",
    "share_shortlist",
    "take_off_shortlist",
]
