"""The forums of a community on its front page."""

from django.db.models import Prefetch

from communities.forums.models import Forum, Thread
from communities.models import Community
from communities.policies import can_facilitate
from network.foundations.viewer import Viewer


def forums_panel(viewer: Viewer, community: Community) -> dict:
    """Its forums in order, each with the thread that was written in last."""
    lately = Prefetch("last_thread", Thread.objects.visible_to(viewer), to_attr="last")
    forums = list(Forum.objects.filter(community=community).prefetch_related(lately))
    for forum in forums:
        forum.community = community
        if forum.last:
            forum.last.forum = forum
    can_open = not community.is_closed and can_facilitate(viewer, community)
    return {"forums": forums, "can_open": can_open, "community": community}
