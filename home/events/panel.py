"""The events of a community on its front page."""

from communities.models import Community
from home.events.models import EventPage
from network.foundations.viewer import Viewer

SHOWN = 4


def events_panel(viewer: Viewer, community: Community) -> dict | None:
    """What is ahead of those events that name the community as a host, the next first."""
    found = EventPage.objects.visible().for_readers_of().ahead().filter(hosts=community)
    events = list(found.select_related("country").order_by("starts_at", "id")[:SHOWN])
    return {"events": events} if events else None
