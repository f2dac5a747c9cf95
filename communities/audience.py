"""The keys that a person holds through the communities that she belongs to."""

from collections.abc import Iterator
from typing import Any

from communities.enums import MemberRole
from communities.models import Community, Membership
from network.foundations.viewer import Viewer


def membership_keys(user: Any) -> Iterator[str]:
    """``community:<id>`` for each active membership, and ``community:<id>:<role>`` beside it.

    A moderator facilitates too, so that no rule has to name both.
    """
    memberships = Membership.objects.active().filter(user=user)
    for community, role in memberships.values_list("community_id", "role"):
        yield f"community:{community}"
        yield f"community:{community}:{role}"
        if role == MemberRole.MODERATOR:
            yield f"community:{community}:{MemberRole.FACILITATOR}"


def named(viewer: Viewer) -> Iterator[tuple[str, str]]:
    """The communities with whom holders of knowledge can share: those that ``viewer`` may see."""
    for pk, name in Community.objects.visible_to(viewer).order_by("name").values_list("pk", "name"):
        yield f"community:{pk}", name


def circle_keys(user: Any) -> Iterator[str]:
    """The communities that she shares with others: the circles to which she may open her profile."""
    memberships = Membership.objects.active().filter(user=user)
    for community in memberships.values_list("community_id", flat=True):
        yield f"community:{community}"
