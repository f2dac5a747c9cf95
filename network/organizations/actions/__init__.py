"""Deeds of the room ``organizations``."""

from network.organizations.actions.affiliations import claim_affiliation, confirm_affiliation, make_officer
from network.organizations.actions.alternates import accept_alternate, end_alternate, name_alternate
from network.organizations.actions.focal_points import end_focal_point, name_focal_point
from network.organizations.actions.organizations import save_organization

__all__ = [
    "accept_alternate",
    "claim_affiliation",
    "confirm_affiliation",
    "end_alternate",
    "end_focal_point",
    "make_officer",
    "name_alternate",
    "name_focal_point",
    "save_organization",
]
