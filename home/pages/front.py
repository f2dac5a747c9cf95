"""What the front door shows by itself, so that it is never empty and never stale."""

from communities.models import Community
from home.events.models import EventPage
from home.languages import LocalizedPageQuerySet
from network.experts.models import ExpertProfile
from network.foundations.viewer import Viewer


def sections(viewer: Viewer, news: LocalizedPageQuerySet, guidance: LocalizedPageQuerySet) -> dict:
    """Communities that are alive, events ahead, the newest pages, and how many people can be found."""
    return {
        "communities": Community.objects.visible_to(viewer).order_by("-last_active_at", "-id")[:4],
        "events": EventPage.objects.visible().for_readers_of().ahead().select_related("country").order_by(
            "starts_at", "id"
        )[:3],
        "news": news.visible().for_readers_of().order_by("-first_published_at", "-id")[:3],
        "guidance": guidance.visible().for_readers_of().filter(show_in_menus=True).order_by("path")[:12],
        "people": ExpertProfile.objects.visible_to(viewer).count(),
    }  # fmt: skip
