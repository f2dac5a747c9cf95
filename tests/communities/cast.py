"""What the cast means in the community: who facilitates, moderates, belongs, is suspended."""

from communities.enums import MemberRole, Visibility
from communities.models import Community, Membership, Suspension
from tests.communities.factories import belongs, community
from tests.people import Cast

#: The community of the cast, and the one that the outsider belongs to.
HOME = "Mangroves of the world"
ELSEWHERE = "High mountains"


def extend(cast: Cast) -> None:
    """Everybody's place; safe to repeat."""
    if Community.objects.filter(name=HOME).exists():
        return
    home = community(HOME, slug="mangroves", visibility=Visibility.MEMBERS)
    belongs(cast.moderator, home, MemberRole.MODERATOR)
    belongs(cast.facilitator, home, MemberRole.FACILITATOR)
    belongs(cast.community_member, home)
    belongs(cast.outsider, community(ELSEWHERE, slug="mountains"))
    suspended: Membership = belongs(cast.suspended_member, home)
    Suspension.objects.create(membership=suspended, by=cast.moderator, reason="Insulted another member.")
