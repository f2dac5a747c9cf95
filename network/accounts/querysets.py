"""Named findings of the room ``accounts``."""

from datetime import datetime

from django.db import models
from django.utils import timezone


class GrantQuerySet(models.QuerySet):
    def held(self) -> "GrantQuerySet":
        return self.filter(revoked_at=None)


class ProgramKeyQuerySet(models.QuerySet):
    def in_force(self) -> "ProgramKeyQuerySet":
        """Those that open something now: not over, not taken back, of a person who may come in."""
        return self.filter(revoked_at=None, ends_at__gt=timezone.now(), person__is_active=True)

    def over(self, before: datetime) -> "ProgramKeyQuerySet":
        """Those that ended, by themselves or by her, before that."""
        return self.filter(models.Q(ends_at__lt=before) | models.Q(revoked_at__lt=before))


class SuspensionQuerySet(models.QuerySet):
    def standing(self) -> "SuspensionQuerySet":
        return self.filter(lifted_at=None)

    def run_out(self) -> "SuspensionQuerySet":
        """Those whose time is over but which nobody has lifted yet."""
        return self.standing().filter(until__lte=timezone.now())


class ConsentQuerySet(models.QuerySet):
    def standing(self) -> "ConsentQuerySet":
        return self.filter(withdrawn_at=None)


class ExportQuerySet(models.QuerySet):
    def pending(self) -> "ExportQuerySet":
        return self.filter(ready_at=None)

    def downloadable(self) -> "ExportQuerySet":
        return self.filter(ready_at__isnull=False, expires_at__gt=timezone.now()).exclude(archive=None)

    def expired(self) -> "ExportQuerySet":
        return self.filter(expires_at__lte=timezone.now())


class DeviceQuerySet(models.QuerySet):
    def unused_since(self, instant: datetime) -> "DeviceQuerySet":
        return self.filter(last_seen_at__lt=instant)


class InvitationQuerySet(models.QuerySet):
    def open(self) -> "InvitationQuerySet":
        """Those that can still be answered."""
        return self.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=timezone.now())
