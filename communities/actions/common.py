"""What the deeds of this room share."""

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.enums import Act, MemberRole
from communities.models import Community, Membership
from communities.paging import community_tag
from communities.signals import act_recorded
from network.experts.actions import circles_changed
from network.foundations.viewer import Viewer
from network.outbox.actions import announce
from network.pagecache.actions import bump
from network.pagecache.rules import COMMUNITIES

_SHOWN_IN_LISTS = {
    Act.COMMUNITY_OPENED,
    Act.COMMUNITY_CHANGED,
    Act.COMMUNITY_CLOSED,
    Act.COMMUNITY_REOPENED,
    Act.AUDIENCE_NARROWED,
    Act.AUDIENCE_WIDENED,
}


def demand(allowed: bool, sentence: str = "") -> None:
    """Stop with 403 and a sentence unless ``allowed``."""
    if not allowed:
        raise PermissionDenied(sentence or _("This is for those who look after the community."))


def digest_of(said: Any) -> str:
    """Names what stands somewhere: it differs as soon as anything of that does."""
    return sha256(json.dumps(said).encode()).hexdigest()[:16]


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
    """Ring the bell of an act; whoever keeps the log writes its row in this transaction. Pages of the
    community that were kept for strangers are given out no more."""
    _ring(act, community, viewer.user, target, concerns, reason)


#: The pseudonym of what no person did.
NOBODY = UUID(int=0)


@dataclass(frozen=True)
class Rules:
    """Does what a community has settled beforehand, in nobody's name."""

    actor_id: UUID = NOBODY


def record_rule(
    act: Act, community: Community, target: tuple[str, int], *, concerns: int | None, reason: str
) -> None:
    """As ``record``, for what no person has done."""
    _ring(act, community, Rules(), target, concerns, reason)


def _ring(
    act: Act, community: Community, actor: Any, target: tuple[str, int], concerns: int | None, reason: str
) -> None:
    # Not for every act: whoever bumps what all communities share makes the others wait.
    shared = [COMMUNITIES] if act in _SHOWN_IN_LISTS else []
    bump(community_tag(community.slug), *shared)
    act_recorded.send(
        sender=Community,
        act=act,
        community=community,
        actor=actor,
        target=target,
        concerns=concerns,
        reason=reason,
    )


def enter(
    community: Community, user: Any, role: str = MemberRole.MEMBER, conduct: int | None = None
) -> Membership:
    """Write a membership, count it and say so; the caller has locked the community and checked.

    ``conduct`` is the code of conduct that she has agreed to. Whoever has not agreed to one is asked before
    she writes, as soon as the community has a code of its own.
    """
    membership = Membership.objects.create(
        community=community,
        user=user,
        role=role,
        conduct_version=conduct or 0,
        conduct_accepted_at=None if conduct is None else timezone.now(),
    )
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
    bump(community_tag(community.slug))
