"""Profiles, and what is kept about them."""

from network.experts.models.exports import DirectoryExport, ExportedPerson
from network.experts.models.profiles import Circle, ExpertProfile, ProfileFacet, ProfileTerm, TaggedProfile
from network.experts.models.shortlists import Shortlist, ShortlistEntry, ShortlistShare

__all__ = [
    "Circle",
    "DirectoryExport",
    "ExpertProfile",
    "ExportedPerson",
    "ProfileFacet",
    "ProfileTerm",
    "Shortlist",
    "ShortlistEntry",
    "ShortlistShare",
    "TaggedProfile",
]
