"""What editors write about a community, lent to its front page in the language of the reader."""

from communities.models import Community
from home.pages.models import CommunityPage
from network.foundations.viewer import Viewer


def landing_panel(viewer: Viewer, community: Community) -> dict | None:
    """Its page in the reader's language, else in the network's first one."""
    page = CommunityPage.objects.visible().for_readers_of().filter(community=community).first()
    return {"page": page} if page else None
