"""Keeping the log: one row for each act, in the transaction of the act."""

from typing import Any

from django.contrib.auth import get_user_model

from communities.enums import Act
from communities.models import Community
from communities.moderation.models import ModerationLogEntry, ModerationReason


def write_log(
    *,
    act: Act,
    community: Community,
    actor: Any,
    target: tuple[str, int],
    concerns: int | None,
    reason: str,
    **_: Any,
) -> None:
    kind, pk = target
    entry = ModerationLogEntry.objects.create(
        community_id=community.pk,
        act=act,
        actor=actor.actor_id,
        target_kind=kind,
        target_id=pk,
        concerns=_pseudonym(concerns),
    )
    if reason:
        ModerationReason.objects.create(entry_id=entry.pk, text=reason)


def _pseudonym(user_id: int | None):
    if user_id is None:
        return None
    return get_user_model().objects.filter(pk=user_id).values_list("actor_id", flat=True).first()
