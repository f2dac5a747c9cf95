"""Deeds of the room ``organizations``."""

from network.organizations.actions.affiliations import (
    answer_invitation,
    claim_affiliation,
    confirm_affiliation,
    end_affiliation,
    end_office,
    hand_over,
    invite,
    make_officer,
)
from network.organizations.actions.alternates import (
    accept_alternate,
    end_alternate,
    name_alternate,
)
from network.organizations.actions.focal_points import (
    end_focal_point,
    name_focal_point,
)
from network.organizations.actions.importing import (
    Brought,
    bring_in,
)
from network.organizations.actions.merging import (
    merge_organizations,
    undo_merge,
)
from network.organizations.actions.networks import (
    ask_belonging,
    confirm_belonging,
    end_belonging,
)
from network.organizations.actions.organizations import (
    save_organization,
)

__all__ = [
    "Brought",
    "accept_alternate",
    "answer_invitation",
    "ask_belonging",
    "bring_in",
    "claim_affiliation",
    "confirm_affiliation",
    "confirm_belonging",
    "end_affiliation",
    "end_alternate",
    "end_belonging",
    "end_focal_point",
    "end_office",
    "hand_over",
    "invite",
    "make_officer",
    "merge_organizations",
    "name_alternate",
    "name_focal_point",
    "save_organization",
    "undo_merge",
]
