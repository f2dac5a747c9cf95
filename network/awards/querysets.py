"""Findings about editions, nominations and laureates."""

from django.db import models
from django.db.models import Case as Choose
from django.db.models import Exists, IntegerField, OuterRef, Q, Value, When

from network.calls.enums import Outcome, StageKind
from network.calls.models import Assignment, Call, Case, StageRun
from network.foundations.viewer import Viewer

MEDAL_ORDER = ["gold", "silver", "bronze", "certificate", "progress", "none"]


class EditionQuerySet(models.QuerySet):
    def visible_to(self, viewer: Viewer) -> "EditionQuerySet":
        """Past editions for everybody, those with a call as the call is seen."""
        return self.filter(Q(call=None) | Q(call__in=Call.objects.visible_to(viewer)))


class NominationQuerySet(models.QuerySet):
    def visible_to(self, viewer: Viewer) -> "NominationQuerySet":
        return self.filter(case__in=Case.objects.visible_to(viewer))

    def with_parts_of(self, viewer: Viewer) -> "NominationQuerySet":
        """``screened_by_viewer``, ``scored_by_viewer``: what keeps her from deciding on each."""
        screened = StageRun.objects.filter(
            case=OuterRef("case"),
            kind=StageKind.SCREEN,
            outcome=Outcome.ELIGIBLE,
            closed_by_id=viewer.user_id,
        )
        scored = Assignment.objects.filter(case=OuterRef("case"), member__person_id=viewer.user_id)
        return self.annotate(screened_by_viewer=Exists(screened), scored_by_viewer=Exists(scored))


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
