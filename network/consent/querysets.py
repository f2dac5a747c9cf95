"""Findings in the room ``consent``."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone

if TYPE_CHECKING:
    from network.foundations.viewer import Viewer

STEWARD = "role:steward"


def _in_force(at: datetime) -> Q:
    return Q(since__lte=at) & (Q(until=None) | Q(until__gt=at))


class AttestationQuerySet(models.QuerySet):
    """Rows with ``since`` and ``until``."""

    def in_force(self, at: datetime | None = None) -> "AttestationQuerySet":
        return self.filter(_in_force(at or timezone.now()))


class HolderQuerySet(models.QuerySet):
    def visible_to(self, viewer: "Viewer") -> "HolderQuerySet":
        """In the workspace: stewards see whom they serve, people of the holders see themselves."""
        if viewer.has(STEWARD):
            return self
        return self.filter(pk__in=viewer.ids("holder"))


class ItemQuerySet(models.QuerySet):
    def visible_to(self, viewer: "Viewer") -> "ItemQuerySet":
        """What the workspace shows: everything to stewards (never its text), its own to each holder."""
        if viewer.has(STEWARD):
            return self
        return self.filter(
            pk__in=self.model.holders.through.objects.filter(holder__in=viewer.ids("holder")).values("item")
        )


class RecordQuerySet(models.QuerySet):
    def in_order(self) -> "RecordQuerySet":
        return self.order_by("number")


class ReleaseQuerySet(models.QuerySet):
    def to_somebody_like(self, viewer: "Viewer") -> "ReleaseQuerySet":
        """Releases to this person or to nobody in particular, which may have been anybody."""
        had_by = Q(actor=None)
        if viewer.is_member:
            had_by |= Q(actor=viewer.user.actor_id)
        return self.filter(had_by)


class ClosingQuerySet(models.QuerySet):
    def unsettled(self) -> "ClosingQuerySet":
        return self.filter(settled_at=None)
