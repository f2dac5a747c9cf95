"""What stands in the keys database, and nowhere else."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.consent.enums import Method, RecordKind
from network.consent.querysets import ClosingQuerySet


class ItemKey(models.Model):
    """In the keys database: the key of one item, wrapped.

    Closed, it opens for its holders alone; destroyed, it is gone. ``words`` (a holder to the number of its
    newest record) and ``marks`` (what holds the item back) tell a main database that is older than it should
    be: see ``network.consent.actions.remembering``.
    """

    item_id = models.UUIDField(primary_key=True)
    wrapped = models.BinaryField()
    wrapped_by = models.CharField(max_length=16)
    created_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True)
    destroyed_at = models.DateTimeField(null=True)
    words = models.JSONField(default=dict)
    marks = models.JSONField(default=list)

    class Meta:
        verbose_name = _("item key")
        verbose_name_plural = _("item keys")

    def __str__(self) -> str:
        return f"key of {self.item_id}"

    @property
    def is_there(self) -> bool:
        return self.destroyed_at is None and bool(self.wrapped)

    @property
    def opens(self) -> bool:
        return self.closed_at is None and self.is_there

    def destroy(self) -> None:
        """Forget the key: from now on nobody can open the item, in no backup of the other database either."""
        now = timezone.now()
        self.wrapped = b""
        self.closed_at = self.closed_at or now
        self.destroyed_at = now
        self.save(update_fields=["wrapped", "closed_at", "destroyed_at"])


class Closing(models.Model):
    """In the keys database: that sharing is being stopped or paused. Settled once the main database has its
    record.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    item_id = models.UUIDField(db_index=True)
    holder_id = models.BigIntegerField()
    kind = models.CharField(max_length=12, choices=RecordKind, default=RecordKind.WITHDRAWN)
    actor = models.UUIDField()
    method = models.CharField(max_length=12, choices=Method)
    at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True)

    objects = ClosingQuerySet.as_manager()

    class Meta:
        verbose_name = _("closing")
        verbose_name_plural = _("closings")

    def __str__(self) -> str:
        return f"closing of {self.item_id} by {self.holder_id}"
