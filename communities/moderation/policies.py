"""Who may report, decide, appeal, and set the rules. Pure; nobody decides about her own case."""

from communities import policies as communities
from communities.enums import Act, MemberRole
from communities.forums.enums import IMPORTED, PostState
from communities.forums.models import Post
from communities.models import Community, Membership
from communities.moderation.models import Claim, ModerationLogEntry, Report
from network.accounts.enums import Role
from network.foundations.viewer import Viewer

#: What one may ask another moderator to look at again.
APPEALABLE = frozenset(
    {
        Act.POST_HIDDEN,
        Act.POST_REJECTED,
        Act.MEMBER_WARNED,
        Act.MEMBER_SILENCED,
        Act.MEMBER_SUSPENDED,
        Act.MEMBER_REMOVED,
    }
)


def can_report(viewer: Viewer, post: Post) -> bool:
    """Whoever is signed in and can read a post of somebody else."""
    return viewer.is_member and post.state == PostState.PUBLISHED and not post.is_by(viewer.user_id)


def can_decide(viewer: Viewer, report: Report) -> bool:
    """Moderators of the community, but neither the post's author nor the one who reported it."""
    if viewer.user_id is None or viewer.user_id == report.by_id or report.post.is_by(viewer.user_id):
        return False
    return communities.can_moderate(viewer, report.post.thread.forum.community)


def can_appeal(viewer: Viewer, entry: ModerationLogEntry) -> bool:
    """Against what was decided about herself or a post of hers, whether she still belongs there or not."""
    return entry.act in APPEALABLE and ModerationLogEntry.objects.about(viewer).filter(pk=entry.pk).exists()


def can_claim(viewer: Viewer, post: Post) -> bool:
    """Say of a post that was brought in that it is hers: whoever is signed in and can read it. Whether
    somebody signs in as its author is asked when she says so."""
    return viewer.is_member and post.origin in IMPORTED and post.author_id not in (None, viewer.user_id)


def can_decide_claim(viewer: Viewer, claim: Claim) -> bool:
    """Moderators of the community, and never about their own."""
    if viewer.user_id is None or viewer.user_id in (claim.by_id, claim.author_id):
        return False
    return communities.can_moderate(viewer, claim.community)


def can_read_log(viewer: Viewer, community: Community) -> bool:
    """Members read what was done; moderators also by whom, to whom and why."""
    return communities.is_member(viewer, community) or communities.can_moderate(viewer, community)


def can_note(viewer: Viewer, membership: Membership) -> bool:
    """Moderators of exactly this community write and read notes about its members, not about themselves.

    Who moderates the whole site reads none: these are words among those who know one another.
    """
    own = viewer.has(f"community:{membership.community_id}:{MemberRole.MODERATOR}")
    return own and viewer.user_id != membership.user_id


def can_rule(viewer: Viewer, community: Community) -> bool:
    """Settle what makes a post wait."""
    return not community.is_closed and communities.can_moderate(viewer, community)


def can_can(viewer: Viewer, community: Community | None) -> bool:
    """Write ready-made reasons: moderators of the community; for all communities, of the whole site."""
    if community is None:
        return viewer.has(f"role:{Role.MODERATOR}")
    return communities.can_moderate(viewer, community)


def can_see_workload(viewer: Viewer, community: Community) -> bool:
    return communities.can_moderate(viewer, community)


def looks_after_any(viewer: Viewer) -> bool:
    """Whether anything could wait for her at all."""
    return viewer.has(f"role:{Role.MODERATOR}") or bool(viewer.ids("community", MemberRole.FACILITATOR))
