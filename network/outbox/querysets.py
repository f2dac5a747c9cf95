"""Findings in the outbox."""

from django.db import models
from django.db.models import F, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

#: After this many failures a delivery stays for an administrator to look at.
MAX_ATTEMPTS = 8


class EntryQuerySet(models.QuerySet):
    def after(self, stream: str, number: int) -> "EntryQuerySet":
        """What came after ``number`` in ``stream``, in order."""
        return self.filter(stream_id=stream, number__gt=number).order_by("number")


class DeliveryQuerySet(models.QuerySet):
    def owed(self) -> "DeliveryQuerySet":
        return self.filter(done_at=None, attempts__lt=MAX_ATTEMPTS)

    def due(self) -> "DeliveryQuerySet":
        return self.owed().filter(due_at__lte=timezone.now()).order_by("due_at", "id")

    def by_turns(self) -> "DeliveryQuerySet":
        """The first of each handler, then the second of each, and so on."""
        first_come = Window(RowNumber(), partition_by=F("handler"), order_by=[F("due_at"), F("id")])
        return self.annotate(turn=first_come).order_by("turn", "due_at", "id")

    def given_up(self) -> "DeliveryQuerySet":
        return self.filter(done_at=None, attempts__gte=MAX_ATTEMPTS)
