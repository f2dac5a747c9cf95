"""Findings in the index."""

from django.apps import apps
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery, Sum

from network.foundations.viewer import Viewer
from network.search import engines
from network.search.query import Query
from network.search.sources import sources


class SegmentQuerySet(models.QuerySet):
    def readable_by(self, viewer: Viewer) -> "SegmentQuerySet":
        """Segments that open to one of the viewer's keys."""
        keys = apps.get_model("search", "AudienceKey")
        return self.filter(audience__in=keys.objects.filter(key__in=viewer.keys).values("audience"))

    def with_any(self, tokens: frozenset[str]) -> "SegmentQuerySet":
        return self.filter(pk__in=engines.segments_with(tokens))


class SearchDocumentQuerySet(models.QuerySet):
    def visible_to(self, viewer: Viewer, kind: str = "") -> "SearchDocumentQuerySet":
        """Documents of known kinds that the viewer's keys open and that their own room shows her now.

        With ``kind`` only those of one kind: no other room is asked.
        """
        shown = Q(pk__in=[])
        for name, source in sources.items():
            if kind and name != kind:
                continue
            this = Q(kind=name)
            if source.visible is not None:
                this &= Q(object_id__in=source.visible(viewer).order_by().values("pk"))
            shown |= this
        return self.filter(shown, pk__in=_segments().readable_by(viewer).values("document"))

    def matching(self, query: Query, viewer: Viewer, kind: str = "") -> "SearchDocumentQuerySet":
        """Those that hold every word of ``query`` in segments that the viewer may read, with a ``score``."""
        readable = _segments().readable_by(viewer)
        found = self.visible_to(viewer, kind)
        for tokens in query.groups:
            found = found.filter(pk__in=readable.with_any(tokens).values("document"))
        heaviest = (
            readable.with_any(query.tokens)
            .filter(document=OuterRef("pk"))
            .order_by()
            .values("document")
            .annotate(score=Sum("weight"))
            .values("score")
        )
        return found.annotate(score=Subquery(heaviest, output_field=models.IntegerField()))

    def count_by_kind(self) -> dict[str, int]:
        return dict(self.order_by().values("kind").annotate(number=Count("pk")).values_list("kind", "number"))


def _segments() -> SegmentQuerySet:
    return apps.get_model("search", "Segment").objects.all()
