"""What the deeds of this room share."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.utils.translation import gettext as _

from communities.enums import Act, MemberRole
from communities.models import Community, Membership
from communities.signals import act_recorded
from network.experts.actions import circles_changed
from network.foundations.viewer import Viewer
from network.outbox.actions import announce


def demand(allowed: bool, sentence: str = "") -> None:
    """Stop with 403 and a sentence unless ``allowed``."""
    if not allowed:
        raise PermissionDenied(sentence or _("This is for those who look after the community."))


def locked(community: Community) -> Community:
    """The community's row, locked until the transaction ends: people come and go one after another."""
    return Community.objects.select_for_update().get(pk=community.pk)


def record(
    act: Act,
    community: Community,
    viewer: Viewer,
    target: tuple[str, int],
    *,
    concerns: int | None = None,
    reason: str = "",
) -> None:
    """Ring the bell of an act; whoever keeps the log writes its row in this transaction."""
    act_recorded.send(
        sender=Community,
        act=act,
        community=community,
        actor=viewer.user,
        target=target,
        concerns=concerns,
        reason=reason,
    )


def enter(community: Community, user: Any, role: str = MemberRole.MEMBER, **fields: Any) -> Membership:
    """Write a membership, count it and say so; the caller has locked the community and checked."""
    membership = Membership.objects.create(community=community, user=user, role=role, **fields)
    _count(community, 1)
    announce(f"community:{community.pk}", "community.joined", user=user.pk)
    circles_changed(user=user)
    return membership


def depart(membership: Membership, *, by: Any, at: Any) -> None:
    membership.ended_at = at
    membership.ended_by = by
    membership.save(update_fields=["ended_at", "ended_by"])
    _count(membership.community, -1)
    announce(f"community:{membership.community_id}", "community.left", user=membership.user_id)
    circles_changed(user=membership.user)


def _count(community: Community, change: int) -> None:
    Community.objects.filter(pk=community.pk).update(member_count=F("member_count") + change)
