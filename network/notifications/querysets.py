"""Findings in notifications and in mails that go out."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Count, Exists, F, Min, OuterRef, Q
from django.utils import timezone

from network.foundations.viewer import Viewer
from network.notifications.enums import IncomingState, MailState


class NotificationQuerySet(models.QuerySet):
    def visible_to(self, viewer: Viewer) -> "NotificationQuerySet":
        """One's own, and nobody else's."""
        return self.filter(recipient_id=viewer.user_id) if viewer.is_member else self.none()

    def in_inbox(self) -> "NotificationQuerySet":
        return self.filter(in_inbox=True)

    def unread(self) -> "NotificationQuerySet":
        return self.filter(in_inbox=True, read_at=None)

    def lines(self, only: Q | None = None) -> "NotificationQuerySet":
        """The newest of each group, with ``unread_count``: one line of the inbox each.

        ``only`` narrows what is looked at: a group stands there with the newest of what is left of it.
        """
        wanted = only or Q()
        group = self.model.objects.filter(
            wanted, recipient=OuterRef("recipient"), group=OuterRef("group"), in_inbox=True
        )
        unread = group.filter(read_at=None).order_by().values("group").annotate(n=Count("pk")).values("n")
        return (
            self.in_inbox()
            .filter(wanted)
            .filter(~Exists(group.filter(pk__gt=OuterRef("pk"))))
            .annotate(unread_count=models.functions.Coalesce(models.Subquery(unread), 0))
        )

    def digests_due(self, now: datetime) -> "NotificationQuerySet":
        """What a digest has to take along by now."""
        return self.filter(digest_at__lte=now)


class PlaceChoiceQuerySet(models.QuerySet):
    def of(self, person_id: int | None) -> "PlaceChoiceQuerySet":
        return self.filter(person=person_id)

    def lists(self, place: str) -> "PlaceChoiceQuerySet":
        """Who gets every post of this place as a mail."""
        return self.filter(place=place, every_post=True)


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
        settled = [MailState.SENT, MailState.NOTHING, MailState.DROPPED]
        return self.filter(state__in=settled, created_at__lt=when)

    def undelivered(self) -> "OutgoingMailQuerySet":
        return self.filter(state=MailState.FAILED)

    def state(self) -> dict[str, Any]:
        """How the queue stands: what waits, since when the first of it is due, what was tried in vain."""
        waiting = Q(state__in=[MailState.QUEUED, MailState.SENDING])
        return self.aggregate(
            waiting=Count("pk", filter=waiting),
            tried=Count("pk", filter=waiting & Q(attempts__gt=0)),
            oldest=Min("next_try_at", filter=waiting),
        )


class IncomingMailQuerySet(models.QuerySet):
    def due(self, now: datetime | None = None) -> "IncomingMailQuerySet":
        """What waits for a worker, and what a worker took and did not finish in time."""
        now = now or timezone.now()
        return self.filter(state=IncomingState.RECEIVED, next_try_at__lte=now).order_by("next_try_at", "pk")

    def claim(self, pk: int, *, until: datetime) -> bool:
        """Take one that is due. Of two workers that try, exactly one is told yes."""
        taken = self.due().filter(pk=pk).order_by()
        return bool(taken.update(next_try_at=until, attempts=F("attempts") + 1))

    def undecided(self) -> "IncomingMailQuerySet":
        """Somebody has yet to say what becomes of them."""
        return self.filter(state__in=[IncomingState.ASKED, IncomingState.WAITING])


class SuspensionQuerySet(models.QuerySet):
    def in_force(self) -> "SuspensionQuerySet":
        return self.filter(lifted_at=None)

    def of(self, address: str) -> "SuspensionQuerySet":
        """What keeps mails from this address."""
        return self.in_force().filter(address=address.lower())
