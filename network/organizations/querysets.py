"""Findings about organizations and those who stand for them."""

from datetime import date, timedelta
from typing import Any

from django.db import models
from django.db.models import Expression, Q
from django.utils import timezone

from network.foundations.viewer import Viewer
from network.search.analyser import fold

#: How long an invitation to be an alternate waits for an answer.
INVITED_FOR = timedelta(days=30)


def _current(today: date | Expression | None = None, path: str = "") -> Q:
    today = today or timezone.localdate()
    open_ended = Q(**{f"{path}until": None}) | Q(**{f"{path}until__gt": today})
    return Q(**{f"{path}since__lte": today}) & open_ended


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

    def current(self, today: date | Expression | None = None) -> "FocalPointQuerySet":
        return self.filter(_current(today))


class AlternateQuerySet(models.QuerySet):
    def whole(self) -> "AlternateQuerySet":
        """With whom it stands in for, and for which country."""
        return self.select_related("focal_point__country", "focal_point__user", "person")

    def standing(self) -> "AlternateQuerySet":
        """Neither ended nor run out, whether accepted or still to be answered.

        It ends by itself with the appointment of the focal point, and with her account.
        """
        timely = Q(accepted_at__isnull=False) | Q(named_at__gt=timezone.now() - INVITED_FOR)
        return self._within_term().filter(timely)

    def current(self, today: date | Expression | None = None) -> "AlternateQuerySet":
        """Those who act today: accepted, within the term, with an open account."""
        return self._within_term(today).filter(accepted_at__isnull=False, person__is_active=True)

    def _within_term(self, today: date | Expression | None = None) -> "AlternateQuerySet":
        today = today or timezone.localdate()
        return self.filter(
            _current(today, "focal_point__"),
            ended_at=None,
            until__gte=today,
            focal_point__user__is_active=True,
        )

    def invited(self) -> "AlternateQuerySet":
        """Those that wait for an answer."""
        return self.standing().filter(accepted_at=None)

    def unanswered_for_long(self) -> "AlternateQuerySet":
        """Invitations that can no longer be accepted; they may hold the address of a stranger."""
        return self.filter(accepted_at=None, named_at__lte=timezone.now() - INVITED_FOR)
