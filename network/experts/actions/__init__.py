"""Deeds of the room ``experts``."""

from network.experts.actions.editing import own_profile, save_section
from network.experts.actions.endorsements import (
    accept_endorsement,
    decline_endorsement,
    endorse,
    withdraw_endorsement,
)
from network.experts.actions.exporting import ask_for_export, build_export, drop_old_exports
from network.experts.actions.freshness import (
    confirm_by_link,
    confirm_for,
    confirm_own,
    record_assignment,
    thank,
)
from network.experts.actions.intake import (
    forget_list,
    start_list,
    take_slice,
    tell_columns,
    tidy_lists,
    upload_list,
)
from network.experts.actions.keeping import circles_changed, details_changed, organization_merged, refresh
from network.experts.actions.photo import remove_photo, set_photo
from network.experts.actions.publishing import hide, publish
from network.experts.actions.refusing import refuse_lists
from network.experts.actions.roster import Entered, enter_person
from network.experts.actions.rosters import (
    accept_nomination,
    approve,
    close_roster,
    end_keeper,
    leave_roster,
    name_keeper,
    nominate,
    renew,
    renominate,
    save_roster,
    take_off,
)
from network.experts.actions.suggesting import answer_suggestion, mark
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

__all__ = [
    "Entered",
    "answer_suggestion",
    "accept_endorsement",
    "accept_nomination",
    "approve",
    "ask_for_export",
    "build_export",
    "circles_changed",
    "close_roster",
    "confirm_by_link",
    "confirm_for",
    "confirm_own",
    "decline_endorsement",
    "delete_shortlist",
    "details_changed",
    "end_keeper",
    "endorse",
    "drop_old_exports",
    "end_share",
    "enter_person",
    "forget_list",
    "forget_unanswered_shares",
    "hide",
    "leave_roster",
    "name_keeper",
    "nominate",
    "organization_merged",
    "mark",
    "make_shortlist",
    "note_on_shortlist",
    "own_profile",
    "publish",
    "record_assignment",
    "put_on_shortlist",
    "refresh",
    "refuse_lists",
    "remove_photo",
    "renew",
    "renominate",
    "save_roster",
    "rename_shortlist",
    "save_section",
    "set_photo",
    "start_list",
    "take_slice",
    "tell_columns",
    "tidy_lists",
    "upload_list",
    "take_off",
    "thank",
    "withdraw_endorsement",
    "share_shortlist",
    "take_off_shortlist",
]
