"""Profiles, and what is kept about them."""

from network.experts.models.profiles import Circle, ExpertProfile, ProfileFacet, ProfileTerm, TaggedProfile

__all__ = ["Circle", "ExpertProfile", "ProfileFacet", "ProfileTerm", "TaggedProfile"]
