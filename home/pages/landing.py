"""What editors and facilitators write about a community, lent to its front page."""

from communities.models import Community
from home.pages import telling
from home.pages.models import BlogEntryPage, BlogPage, CommunityPage
from network.foundations.viewer import Viewer


def landing_panel(viewer: Viewer, community: Community) -> dict | None:
    """Its page in the reader's language, else in the network's first one."""
    page = CommunityPage.objects.visible().for_readers_of().filter(community=community).first()
    return {"page": page} if page else None


def blog_panel(viewer: Viewer, community: Community) -> dict | None:
    """Its blog with the newest entries."""
    blog = BlogPage.objects.visible().for_readers_of().filter(community=community).order_by("path").first()
    if blog is None:
        return None
    found = BlogEntryPage.objects.visible().child_of(blog).select_related("author")
    entries = list(found.order_by("-first_published_at", "-id")[:3])
    return {"blog": blog, "entries": entries, "cards": telling.authors_of(viewer, entries)}
