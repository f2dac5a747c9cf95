"""Deeds of the room ``experts``."""

from network.experts.actions.editing import own_profile, save_section
from network.experts.actions.endorsements import (
    accept_endorsement,
    decline_endorsement,
    endorse,
    withdraw_endorsement,
)
from network.experts.actions.freshness import (
    confirm_by_link,
    confirm_for,
    confirm_own,
    record_assignment,
    thank,
)
from network.experts.actions.keeping import circles_changed, details_changed, organization_merged, refresh
from network.experts.actions.photo import remove_photo, set_photo
from network.experts.actions.publishing import hide, publish
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

__all__ = [
    "Entered",
    "accept_endorsement",
    "accept_nomination",
    "approve",
    "circles_changed",
    "close_roster",
    "confirm_by_link",
    "confirm_for",
    "confirm_own",
    "decline_endorsement",
    "details_changed",
    "end_keeper",
    "endorse",
    "enter_person",
    "hide",
    "leave_roster",
    "name_keeper",
    "nominate",
    "organization_merged",
    "own_profile",
    "publish",
    "record_assignment",
    "refresh",
    "remove_photo",
    "renew",
    "renominate",
    "save_roster",
    "save_section",
    "set_photo",
    "take_off",
    "thank",
    "withdraw_endorsement",
]
