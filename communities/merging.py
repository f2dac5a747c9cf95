"""Two accounts of one person, in communities."""

from typing import Any

from django.utils import timezone

from communities.enums import MemberRole
from communities.models import Membership, Silence, Suspension
from network.accounts.merging import merging
from network.foundations.merging import Change, drop, written

#: Of two roles in one community the one further on stays.
_ORDER = [MemberRole.OBSERVER, MemberRole.MEMBER, MemberRole.FACILITATOR, MemberRole.MODERATOR]


def close_membership(row: Any, kept: Any) -> list[Change]:
    """She was a member twice: one stays, with the role of both that goes further and the limits of both."""
    there = Membership.objects.current().get(community=row.community_id, user=kept)
    limits = [limit for model in (Suspension, Silence) for limit in model.objects.filter(membership=row)]
    for limit in limits:
        limit.membership = there
    there.role = max(there.role, row.role, key=lambda role: _ORDER.index(MemberRole(role)))
    there.conduct_version = max(there.conduct_version, row.conduct_version)
    row.ended_at = timezone.now()
    return written([*limits, there, row])


def register() -> None:
    merging.closers.register("communities.Membership", close_membership)
    merging.closers.register("communities.JoinRequest", drop)
