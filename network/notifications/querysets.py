"""Findings in notifications and in mails that go out."""

from datetime import datetime

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils import timezone

from network.foundations.viewer import Viewer
from network.notifications.enums import MailState


class NotificationQuerySet(models.QuerySet):
    def visible_to(self, viewer: Viewer) -> "NotificationQuerySet":
        """One's own, and nobody else's."""
        return self.filter(recipient_id=viewer.user_id) if viewer.is_member else self.none()

    def in_inbox(self) -> "NotificationQuerySet":
        return self.filter(in_inbox=True)

    def unread(self) -> "NotificationQuerySet":
        return self.filter(in_inbox=True, read_at=None)

    def lines(self) -> "NotificationQuerySet":
        """The newest of each group, with ``unread_count``: one line of the inbox each."""
        group = self.model.objects.filter(
            recipient=OuterRef("recipient"), group=OuterRef("group"), in_inbox=True
        )
        unread = group.filter(read_at=None).order_by().values("group").annotate(n=Count("pk")).values("n")
        return (
            self.in_inbox()
            .filter(~Exists(group.filter(pk__gt=OuterRef("pk"))))
            .annotate(unread_count=models.functions.Coalesce(models.Subquery(unread), 0))
        )


class OutgoingMailQuerySet(models.QuerySet):
    def due(self, now: datetime | None = None) -> "OutgoingMailQuerySet":
        """What waits for a worker, and what a worker took and did not finish in time."""
        now = now or timezone.now()
        return self.filter(
            Q(state=MailState.QUEUED) | Q(state=MailState.SENDING), next_try_at__lte=now
        ).order_by("next_try_at", "pk")

    def claim(self, pk: int, *, until: datetime) -> bool:
        """Take one that is due. Of two workers that try, exactly one is told yes."""
        taken = self.due().filter(pk=pk).order_by()
        return bool(taken.update(state=MailState.SENDING, next_try_at=until, attempts=F("attempts") + 1))

    def settled_before(self, when: datetime) -> "OutgoingMailQuerySet":
        """Nothing remains to be done about them."""
        return self.filter(state__in=[MailState.SENT, MailState.NOTHING], created_at__lt=when)

    def undelivered(self) -> "OutgoingMailQuerySet":
        return self.filter(state=MailState.FAILED)
