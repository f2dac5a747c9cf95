"""Who may report and who may decide. Pure; nobody decides about her own case."""

from communities import policies as communities
from communities.enums import MemberRole
from communities.forums.enums import PostState
from communities.forums.models import Post
from communities.moderation.models import Report
from network.accounts.enums import Role
from network.foundations.viewer import Viewer


def can_report(viewer: Viewer, post: Post) -> bool:
    """Whoever is signed in and can read a post of somebody else."""
    return viewer.is_member and post.author_id != viewer.user_id and post.state == PostState.PUBLISHED


def can_decide(viewer: Viewer, report: Report) -> bool:
    """Moderators of the community, but neither the post's author nor the one who reported it."""
    if viewer.user_id is None or viewer.user_id in (report.by_id, report.post.author_id):
        return False
    return communities.can_moderate(viewer, report.post.thread.forum.community)


def looks_after_any(viewer: Viewer) -> bool:
    """Whether anything could wait for her at all."""
    return viewer.has(f"role:{Role.MODERATOR}") or bool(viewer.ids("community", MemberRole.FACILITATOR))
