"""Findings about events."""

from django.utils import timezone
from wagtail.models import PageManager

from home.languages import LocalizedPageQuerySet


class EventQuerySet(LocalizedPageQuerySet):
    def ahead(self) -> "EventQuerySet":
        """What has not ended yet."""
        return self.filter(ends_at__gte=timezone.now())

    def over(self) -> "EventQuerySet":
        return self.filter(ends_at__lt=timezone.now())


EventManager = PageManager.from_queryset(EventQuerySet)
