"""Findings about editions, nominations and laureates."""

from django.db import models
from django.db.models import Case as Choose
from django.db.models import IntegerField, Q, Value, When

from network.calls.models import Call, Case
from network.foundations.viewer import Viewer

MEDAL_ORDER = ["gold", "silver", "bronze", "certificate", "progress", "none"]


class EditionQuerySet(models.QuerySet):
    def visible_to(self, viewer: Viewer) -> "EditionQuerySet":
        """Past editions for everybody, those with a call as the call is seen."""
        return self.filter(Q(call=None) | Q(call__in=Call.objects.visible_to(viewer)))


class NominationQuerySet(models.QuerySet):
    def visible_to(self, viewer: Viewer) -> "NominationQuerySet":
        return self.filter(case__in=Case.objects.visible_to(viewer))


class LaureateQuerySet(models.QuerySet):
    def visible_to(self, viewer: Viewer) -> "LaureateQuerySet":
        """Results are written by the release, so whoever may know of the edition may know of them."""
        return self.filter(Q(edition__call=None) | Q(edition__call__in=Call.objects.visible_to(viewer)))

    def standing(self) -> "LaureateQuerySet":
        """Without those that were revoked."""
        return self.filter(revoked_at=None)

    def in_order(self) -> "LaureateQuerySet":
        """By category, then gold first."""
        rank = Choose(
            *[When(medal=medal, then=Value(place)) for place, medal in enumerate(MEDAL_ORDER)],
            output_field=IntegerField(),
        )
        return self.select_related("party", "certificate").order_by("category", rank, "id")
