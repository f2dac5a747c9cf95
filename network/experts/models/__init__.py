"""Profiles, and what is kept about them; who vouches for whom; rosters."""

from network.experts.models.endorsements import Endorsement
from network.experts.models.exports import DirectoryExport, ExportedPerson
from network.experts.models.profiles import Circle, ExpertProfile, ProfileFacet, ProfileTerm, TaggedProfile
from network.experts.models.rosters import Roster, RosterAssignment, RosterEntry, RosterEvent, RosterKeeper
from network.experts.models.shortlists import Shortlist, ShortlistEntry, ShortlistShare

__all__ = [
    "Circle",
    "DirectoryExport",
    "Endorsement",
    "ExpertProfile",
    "ExportedPerson",
    "ProfileFacet",
    "ProfileTerm",
    "Roster",
    "RosterAssignment",
    "RosterEntry",
    "RosterEvent",
    "RosterKeeper",
    "Shortlist",
    "ShortlistEntry",
    "ShortlistShare",
    "TaggedProfile",
]
