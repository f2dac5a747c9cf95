"""Findings about events and those who take part."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone
from wagtail.models import PageManager

from home.events.enums import HOLDING, LIVE, PlaceState
from home.languages import LocalizedPageQuerySet

if TYPE_CHECKING:
    from network.foundations.viewer import Viewer


class EventQuerySet(LocalizedPageQuerySet):
    def ahead(self) -> "EventQuerySet":
        """What has not ended yet."""
        return self.filter(ends_at__gte=timezone.now())

    def over(self) -> "EventQuerySet":
        return self.filter(ends_at__lt=timezone.now())


EventManager = PageManager.from_queryset(EventQuerySet)


class DeskQuerySet(models.QuerySet):
    def due(self, at: datetime) -> "DeskQuerySet":
        """Where the clock alone may change who has a place: offers have run out, quotas no longer hold."""
        offers = Q(registrations__state=PlaceState.OFFERED, registrations__offer_until__lte=at)
        freed = Q(quotas_until__lte=at, registrations__state=PlaceState.WAITING)
        return self.filter(offers | freed).distinct()


class RegistrationQuerySet(models.QuerySet):
    def live(self) -> "RegistrationQuerySet":
        return self.filter(state__in=LIVE)

    def holding(self) -> "RegistrationQuerySet":
        """Those for whom a place is kept."""
        return self.filter(state__in=HOLDING)

    def confirmed(self) -> "RegistrationQuerySet":
        return self.filter(state=PlaceState.CONFIRMED)

    def waiting(self) -> "RegistrationQuerySet":
        return self.filter(state=PlaceState.WAITING)

    def of(self, viewer: "Viewer") -> "RegistrationQuerySet":
        """Her own."""
        return self.filter(person=viewer.user_id) if viewer.is_member else self.none()


class VisitorQuestionQuerySet(models.QuerySet):
    def shown(self) -> "VisitorQuestionQuerySet":
        return self.filter(hidden_at=None)

    def readable_by(self, viewer: "Viewer", *, keeps: bool) -> "VisitorQuestionQuerySet":
        """What is shown, what she asked herself, and everything for the people of the stall."""
        if keeps:
            return self
        return (
            self.filter(Q(hidden_at=None) | Q(asked_by=viewer.user_id)) if viewer.is_member else self.shown()
        )
