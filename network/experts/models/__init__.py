"""Profiles, and what is kept about them; who vouches for whom; rosters."""

from network.experts.models.doubles import NameKey, TwoPeople
from network.experts.models.drafts import SectionDraft
from network.experts.models.endorsements import Endorsement
from network.experts.models.engagements import Engagement
from network.experts.models.exports import DirectoryExport, ExportedPerson
from network.experts.models.messages import Block, Message, MessageReport
from network.experts.models.profiles import Circle, ExpertProfile, ProfileFacet, ProfileTerm, TaggedProfile
from network.experts.models.publications import Publication
from network.experts.models.revisions import Revision
from network.experts.models.rosters import Roster, RosterAssignment, RosterEntry, RosterEvent, RosterKeeper
from network.experts.models.shortlists import Shortlist, ShortlistEntry, ShortlistShare
from network.experts.models.translations import ProfileTranslation

__all__ = [
    "Block",
    "Circle",
    "DirectoryExport",
    "Endorsement",
    "Engagement",
    "ExpertProfile",
    "ExportedPerson",
    "Message",
    "MessageReport",
    "NameKey",
    "ProfileFacet",
    "ProfileTerm",
    "ProfileTranslation",
    "Publication",
    "Revision",
    "Roster",
    "RosterAssignment",
    "RosterEntry",
    "RosterEvent",
    "RosterKeeper",
    "SectionDraft",
    "Shortlist",
    "ShortlistEntry",
    "ShortlistShare",
    "TaggedProfile",
    "TwoPeople",
]
