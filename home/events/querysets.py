"""Findings about events and those who take part."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils import timezone
from wagtail.models import PageManager

from home.events.enums import HOLDING, LIVE, ClaimState, PlaceState, QuestionState
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


class AudienceQuestionQuerySet(models.QuerySet):
    def shown(self) -> "AudienceQuestionQuerySet":
        return self.filter(state=QuestionState.SHOWN)

    def waiting(self) -> "AudienceQuestionQuerySet":
        return self.filter(state=QuestionState.WAITING)

    def readable_by(self, viewer: "Viewer", *, hosts: bool) -> "AudienceQuestionQuerySet":
        """What is shown, what she asked herself, and everything for those who keep the room."""
        if hosts:
            return self
        if not viewer.is_member:
            return self.shown()
        return self.filter(Q(state=QuestionState.SHOWN) | Q(asked_by=viewer.user_id))

    def in_order(self) -> "AudienceQuestionQuerySet":
        """Open ones first, those that most people want before others; what is answered last."""
        return self.order_by(models.F("answered_at").asc(nulls_first=True), "-votes", "id")


class SpeakerQuerySet(models.QuerySet):
    def of_session(self, event: UUID, session: UUID) -> "SpeakerQuerySet":
        return self.filter(event=event, session=session)

    def confirmed(self) -> "SpeakerQuerySet":
        return self.filter(state=ClaimState.CONFIRMED)

    def named_in(self, event: UUID) -> dict[UUID, dict[str, int]]:
        """Who has claimed which name of the programme: by the key of the session."""
        found: dict[UUID, dict[str, int]] = {}
        for row in self.confirmed().filter(event=event):
            found.setdefault(row.session, {})[row.name] = row.person_id
        return found
