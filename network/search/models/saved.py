"""Searches that people keep, and what they have been told of."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.search.enums import Rhythm
from network.search.querysets import SavedSearchQuerySet


class SavedSearch(models.Model):
    """What somebody looks for again and again; ``searchable`` says where, ``query`` is a part of its address.

    ``next_run_at`` is empty where nothing is to be done by the clock. ``batch`` numbers the times when
    something new was found.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches"
    )
    searchable = models.CharField(max_length=40)
    name = models.CharField(_("name"), max_length=120)
    query = models.CharField(max_length=2000)
    rhythm = models.CharField(_("tell me"), max_length=10, choices=Rhythm.choices, default=Rhythm.DAILY)
    batch = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    last_run_at = models.DateTimeField(null=True, blank=True)
    next_run_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        indexes = [
            models.Index(
                fields=["next_run_at"], condition=Q(next_run_at__isnull=False), name="search_saved_due"
            )
        ]

    def __str__(self) -> str:
        return self.name


class FoundThing(models.Model):
    """Something that a kept search has found once: its person is told of it once and never again.

    Those of batch 0 were there when she kept the search.
    """

    search = models.ForeignKey(SavedSearch, on_delete=models.CASCADE, related_name="found")
    kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    batch = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("finding of a saved search")
        verbose_name_plural = _("findings of saved searches")
        constraints = [
            models.UniqueConstraint(fields=["search", "kind", "object_id"], name="search_found_once")
        ]
        indexes = [models.Index(fields=["search", "batch"], name="search_found_batch")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"
