"""Profiles, and what is kept about them; who vouches for whom; rosters."""

from network.experts.models.endorsements import Endorsement
from network.experts.models.profiles import Circle, ExpertProfile, ProfileFacet, ProfileTerm, TaggedProfile
from network.experts.models.rosters import Roster, RosterAssignment, RosterEntry, RosterEvent, RosterKeeper

__all__ = [
    "Circle",
    "Endorsement",
    "ExpertProfile",
    "ProfileFacet",
    "ProfileTerm",
    "Roster",
    "RosterAssignment",
    "RosterEntry",
    "RosterEvent",
    "RosterKeeper",
    "TaggedProfile",
]
