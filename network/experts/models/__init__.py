"""Profiles, and what is kept about them."""

from network.experts.models.drafts import SectionDraft
from network.experts.models.engagements import Engagement
from network.experts.models.messages import Block, Message, MessageReport
from network.experts.models.profiles import Circle, ExpertProfile, ProfileFacet, ProfileTerm, TaggedProfile
from network.experts.models.publications import Publication
from network.experts.models.revisions import Revision
from network.experts.models.translations import ProfileTranslation

__all__ = [
    "Block",
    "Circle",
    "Engagement",
    "ExpertProfile",
    "Message",
    "MessageReport",
    "ProfileFacet",
    "ProfileTerm",
    "ProfileTranslation",
    "Publication",
    "Revision",
    "SectionDraft",
    "TaggedProfile",
]
