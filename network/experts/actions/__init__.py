"""Deeds of the room ``experts``."""

from network.experts.actions.bringing import add_publications, fill_in
from network.experts.actions.drafts import drop_old_drafts, keep_draft, throw_draft_away
from network.experts.actions.editing import bring_back, forget_history, own_profile, save_section
from network.experts.actions.endorsements import (
    accept_endorsement,
    decline_endorsement,
    endorse,
    withdraw_endorsement,
)
from network.experts.actions.exporting import ask_for_export, build_export, drop_old_exports, export_roster
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
from network.experts.actions.linking import follow_link, follow_unlinking
from network.experts.actions.merging import tell_apart
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
from network.experts.actions.suggesting import answer_suggestion, mark

__all__ = [
    "Entered",
    "accept_endorsement",
    "accept_nomination",
    "add_publications",
    "answer",
    "answer_suggestion",
    "approve",
    "ask_for_export",
    "block",
    "bring_back",
    "build_export",
    "circles_changed",
    "close_roster",
    "confirm_by_link",
    "confirm_for",
    "confirm_own",
    "decide",
    "decline_endorsement",
    "delete_shortlist",
    "details_changed",
    "drop_old_drafts",
    "drop_old_exports",
    "drop_old_messages",
    "end_keeper",
    "end_share",
    "endorse",
    "enter_person",
    "export_roster",
    "fill_in",
    "follow_link",
    "follow_unlinking",
    "forget_history",
    "forget_list",
    "forget_unanswered_shares",
    "hide",
    "keep_draft",
    "leave_roster",
    "make_shortlist",
    "mark",
    "name_keeper",
    "nominate",
    "note_on_shortlist",
    "organization_merged",
    "own_profile",
    "publish",
    "put_on_shortlist",
    "record_assignment",
    "refresh",
    "refuse_lists",
    "remove_photo",
    "rename_shortlist",
    "renew",
    "renominate",
    "report",
    "save_roster",
    "save_section",
    "set_photo",
    "share_shortlist",
    "start_list",
    "take_off",
    "take_off_shortlist",
    "take_slice",
    "tell_apart",
    "tell_columns",
    "thank",
    "throw_draft_away",
    "tidy_lists",
    "unblock",
    "upload_list",
    "withdraw_endorsement",
    "write_to",
]
