"""What must follow a deed: rows of ids, written in the deed's own transaction."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from network.outbox.querysets import DeliveryQuerySet, EntryQuerySet


class Stream(models.Model):
    """The counter row of one stream: whoever writes to the stream locks it first.

    The lock is what makes numbers commit in their order, so that nobody who asks for 'everything
    after n' can miss a row that got its number early and was committed late.
    """

    name = models.CharField(max_length=100, primary_key=True)
    last_number = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("stream")

    def __str__(self) -> str:
        return f"{self.name} at {self.last_number}"


class Entry(models.Model):
    """One thing that happened in a stream: a kind and ids, never words a person wrote."""

    stream = models.ForeignKey(Stream, on_delete=models.PROTECT, related_name="entries", db_constraint=False)
    number = models.BigIntegerField()
    kind = models.CharField(max_length=60)
    ids = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("outbox entry")
        verbose_name_plural = _("outbox entries")
        constraints = [models.UniqueConstraint(fields=["stream", "number"], name="outbox_entry_number_once")]

    def __str__(self) -> str:
        return f"{self.stream_id} {self.number}: {self.kind}"


class Delivery(models.Model):
    """What the worker owes one handler for one entry; done when the handler's own transaction commits."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="deliveries")
    handler = models.CharField(max_length=100)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [models.UniqueConstraint(fields=["entry", "handler"], name="outbox_delivery_once")]
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(done_at=None), name="outbox_delivery_owed")
        ]

    def __str__(self) -> str:
        return f"{self.handler} of {self.entry_id}"
