"""Findings in the index: which documents hold the words, as far as a viewer may read them.

The index alone does not say what may be shown: whoever shows a finding asks its own room again.
"""

from datetime import datetime

from django.apps import apps
from django.db import models
from django.db.models import F, OuterRef, Subquery, Sum, Window
from django.db.models.functions import RowNumber

from network.foundations.viewer import Viewer
from network.search import engines
from network.search.query import Query


class SegmentQuerySet(models.QuerySet):
    def readable_by(self, viewer: Viewer) -> "SegmentQuerySet":
        """Segments that open to one of the viewer's keys."""
        keys = apps.get_model("search", "AudienceKey")
        return self.filter(audience__in=keys.objects.filter(key__in=viewer.keys).values("audience"))

    def with_any(self, tokens: frozenset[str]) -> "SegmentQuerySet":
        return self.filter(engines.holds(tokens))

    def matching(self, query: Query, viewer: Viewer) -> "SegmentQuerySet":
        """Segments with words of ``query``, of documents where the viewer may read all of them."""
        readable = self.readable_by(viewer)
        found = readable.with_any(query.tokens)
        if len(query.groups) > 1:
            for tokens in query.groups:
                found = found.filter(document__in=readable.with_any(tokens).values("document"))
        return found

    def score_of(self, query: Query, viewer: Viewer, kind: str, number: OuterRef) -> Subquery:
        """How well the document of ``number`` holds the words: for a query that has found it already, so that
        nothing is looked for once more beside each of its rows."""
        documents = apps.get_model("search", "SearchDocument").objects
        there = documents.filter(kind=kind, object_id=OuterRef(number)).values("pk")
        held = self.readable_by(viewer).with_any(query.tokens).filter(document__in=there)
        score = held.order_by().values("document").annotate(score=Sum("weight")).values("score")
        return Subquery(score, output_field=models.IntegerField())

    def ranked(self, most: int) -> models.QuerySet:
        """The best ``most`` documents of each kind: rows of ``kind``, ``document`` and ``score``."""
        place = Window(
            RowNumber(), partition_by=F("kind"), order_by=[F("score").desc(), F("document").desc()]
        )
        scored = self.order_by().values("kind", "document").annotate(score=Sum("weight"))
        return scored.annotate(place=place).filter(place__lte=most).values_list("kind", "document", "score")


class SearchDocumentQuerySet(models.QuerySet):
    def readable_by(self, viewer: Viewer) -> "SearchDocumentQuerySet":
        """Documents of which the viewer may read some words."""
        readable = apps.get_model("search", "Segment").objects.readable_by(viewer)
        return self.filter(pk__in=readable.values("document"))

    def matching(self, query: Query, viewer: Viewer, kind: str) -> "SearchDocumentQuerySet":
        """Documents of one kind that hold every word of ``query`` for this viewer, with a ``score``."""
        found = apps.get_model("search", "Segment").objects.filter(kind=kind).matching(query, viewer)
        heaviest = (
            found.filter(document=OuterRef("pk"))
            .order_by()
            .values("document")
            .annotate(score=Sum("weight"))
            .values("score")
        )
        return self.filter(kind=kind, pk__in=found.values("document")).annotate(
            score=Subquery(heaviest, output_field=models.IntegerField())
        )


class SavedSearchQuerySet(models.QuerySet):
    def visible_to(self, viewer: Viewer) -> "SavedSearchQuerySet":
        """One's own: nobody else knows what somebody looks for."""
        return self.filter(owner=viewer.user_id) if viewer.is_member else self.none()

    def due(self, now: datetime) -> "SavedSearchQuerySet":
        return self.filter(next_run_at__lte=now, owner__is_active=True).order_by("next_run_at", "pk")
