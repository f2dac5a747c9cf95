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
        """Organizations are public records; those that were found to be another one lead there."""
        return self.filter(merged_into=None)

    def with_country(self) -> "OrganizationQuerySet":
        return self.select_related("country")

    def named(self, text: str) -> Any:
        """The organization that ``text`` names, by its name or acronym however it is accented; or none."""
        wanted = fold(text).strip()
        if not wanted:
            return None
        standing = self.filter(merged_into=None)
        return (
            standing.filter(sort_name=wanted).first()
            or standing.filter(acronym__iexact=text.strip()).order_by("pk").first()
            or self._kept(wanted)
        )

    def _kept(self, wanted: str) -> Any:
        """Under the name of one that was merged, the one that was kept."""
        gone = self.filter(sort_name=wanted).exclude(merged_into=None).select_related("merged_into").first()
        return gone.merged_into if gone else None


class AffiliationQuerySet(models.QuerySet):
    def current(self) -> "AffiliationQuerySet":
        return self.filter(until=None)

    def waiting(self) -> "AffiliationQuerySet":
        """Said by the person, not yet confirmed by the organization."""
        return self.current().filter(confirmed_at=None)

    def officers(self) -> "AffiliationQuerySet":
        """Those who act for the organization today."""
        return self.current().filter(officer_since__isnull=False)


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


class BelongingQuerySet(models.QuerySet):
    def open(self) -> "BelongingQuerySet":
        return self.filter(ended_at=None)

    def confirmed(self) -> "BelongingQuerySet":
        """Those that both sides have confirmed and neither has ended."""
        return self.open().filter(member_confirmed_at__isnull=False, network_confirmed_at__isnull=False)

    def waiting_for(self, organizations: set[int]) -> "BelongingQuerySet":
        """Those that one of these organizations has to confirm."""
        as_member = Q(member__in=organizations, member_confirmed_at=None)
        return self.open().filter(as_member | Q(network__in=organizations, network_confirmed_at=None))

    def whole(self) -> "BelongingQuerySet":
        return self.select_related("member__country", "network__country")


class InvitationQuerySet(models.QuerySet):
    def waiting(self) -> "InvitationQuerySet":
        return self.filter(answered_at=None, invited_at__gt=timezone.now() - INVITED_FOR)

    def unanswered_for_long(self) -> "InvitationQuerySet":
        """They can no longer be accepted, and may hold the address of a stranger."""
        return self.filter(answered_at=None, invited_at__lte=timezone.now() - INVITED_FOR)
