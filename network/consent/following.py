"""Following an item live: its stream tells that sharing ended, with ids only."""

from uuid import UUID

from network.consent.models import KnowledgeItem
from network.foundations.viewer import Viewer


def may_follow(viewer: Viewer, key: str) -> bool:
    """Whoever may know of an item may learn that it is no longer shared; the id tells nothing else."""
    return KnowledgeItem.objects.discoverable_by(viewer).filter(pk=UUID(key)).exists()
