"""Findings about organizations and those who stand for them."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone

from network.foundations.viewer import Viewer


def _current(today: date | None = None) -> Q:
    today = today or timezone.localdate()
    return Q(since__lte=today) & (Q(until=None) | Q(until__gt=today))


class OrganizationQuerySet(models.QuerySet):
    def visible_to(self, viewer: Viewer) -> "OrganizationQuerySet":
        """Organizations are public records; everybody sees them all."""
        return self

    def with_country(self) -> "OrganizationQuerySet":
        return self.select_related("country")


class AffiliationQuerySet(models.QuerySet):
    def current(self) -> "AffiliationQuerySet":
        return self.filter(until=None)

    def waiting(self) -> "AffiliationQuerySet":
        """Said by the person, not yet confirmed by the organization."""
        return self.current().filter(confirmed_at=None)


class FocalPointQuerySet(models.QuerySet):
    def visible_to(self, viewer: Viewer) -> "FocalPointQuerySet":
        """Focal points act in public; those whose account is closed no longer do."""
        return self.filter(user__is_active=True)

    def current(self, today: date | None = None) -> "FocalPointQuerySet":
        return self.filter(_current(today))
