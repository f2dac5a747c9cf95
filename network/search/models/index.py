"""The index: one document a thing, its words kept apart by who may find it by them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from network.search.querysets import SearchDocumentQuerySet, SegmentQuerySet


class Audience(models.Model):
    """A set of keys; whoever holds one of them belongs. Segments share these rows: there are few."""

    fingerprint = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("audience")
        verbose_name_plural = _("audiences")

    def __str__(self) -> str:
        return self.fingerprint[:12]


class AudienceKey(models.Model):
    audience = models.ForeignKey(Audience, on_delete=models.CASCADE, related_name="keys")
    key = models.CharField(max_length=100)

    class Meta:
        verbose_name = _("audience key")
        verbose_name_plural = _("audience keys")
        constraints = [
            models.UniqueConstraint(fields=["key", "audience"], name="search_key_once_an_audience")
        ]

    def __str__(self) -> str:
        return self.key


class SearchDocument(models.Model):
    """What a result shows of one thing, and where it is."""

    kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    title = models.CharField(max_length=300)
    url = models.CharField(max_length=500)
    language = models.CharField(max_length=10, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    indexed_at = models.DateTimeField(auto_now=True)

    objects = SearchDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("search document")
        verbose_name_plural = _("search documents")
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="search_document_once")]

    def __str__(self) -> str:
        return self.title


class Segment(models.Model):
    """Words of a document for one audience: as tokens, for finding, and as written where they are shown.

    ``kind`` is that of the document, so that the best of each kind are found in this table alone.
    """

    document = models.ForeignKey(SearchDocument, on_delete=models.CASCADE, related_name="segments")
    kind = models.CharField(max_length=40, default="")
    audience = models.ForeignKey(Audience, on_delete=models.PROTECT, related_name="segments")
    weight = models.PositiveSmallIntegerField(default=1)
    text = models.TextField(blank=True)
    tokens = models.TextField()

    objects = SegmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("segment")
        verbose_name_plural = _("segments")

    def __str__(self) -> str:
        return self.text[:60]
