"""Findings about organizations and those who stand for them."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from network.foundations.viewer import Viewer
from network.search.analyser import fold


def _current(today: date | None = None) -> Q:
    today = today or timezone.localdate()
    return Q(since__lte=today) & (Q(until=None) | Q(until__gt=today))


class OrganizationQuerySet(models.QuerySet):
    def visible_to(self, viewer: Viewer) -> "OrganizationQuerySet":
        """Organizations are public records; everybody sees them all."""
        return self

    def with_country(self) -> "OrganizationQuerySet":
        return self.select_related("country")

    def named(self, text: str) -> Any:
        """The organization that ``text`` names, by its name or acronym however it is accented; or none."""
        wanted = fold(text).strip()
        if not wanted:
            return None
        return (
            self.filter(sort_name=wanted).first()
            or self.filter(acronym__iexact=text.strip()).order_by("pk").first()
        )


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
