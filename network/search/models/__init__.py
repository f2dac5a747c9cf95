"""The index, and searches that people keep."""

from network.search.models.index import Audience, AudienceKey, SearchDocument, Segment
from network.search.models.saved import FoundThing, SavedSearch

__all__ = ["Audience", "AudienceKey", "FoundThing", "SavedSearch", "SearchDocument", "Segment"]
