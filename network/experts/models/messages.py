"""Messages from person to person through the network, which shows nobody's address."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.experts.querysets import MessageQuerySet

_USER = settings.AUTH_USER_MODEL


class Message(models.Model):
    """One letter. Both see it; whoever leaves takes away what she wrote."""

    sender = models.ForeignKey(_USER, on_delete=models.CASCADE, related_name="messages_sent")
    recipient = models.ForeignKey(_USER, on_delete=models.CASCADE, related_name="messages_received")
    answers = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    subject = models.CharField(_("subject"), max_length=150)
    text = models.TextField(_("text"))
    #: Whether the sender asked for answers at her own address instead of ours.
    shows_address = models.BooleanField(default=False)
    sent_at = models.DateTimeField(default=timezone.now)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        indexes = [
            models.Index(fields=["recipient", "-id"], name="experts_messages_to"),
            models.Index(fields=["sender", "-id"], name="experts_messages_from"),
        ]

    def __str__(self) -> str:
        return f"{self.sender_id} to {self.recipient_id}"


class Block(models.Model):
    """Somebody takes no messages from somebody else."""

    person = models.ForeignKey(_USER, on_delete=models.CASCADE, related_name="blocks")
    blocked = models.ForeignKey(_USER, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("block")
        verbose_name_plural = _("blocks")
        constraints = [
            models.UniqueConstraint(fields=["person", "blocked"], name="experts_block_once"),
            models.CheckConstraint(condition=~Q(person=F("blocked")), name="experts_block_of_others"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.blocked_id}"


class MessageReport(models.Model):
    """The recipient asks those who run the network to look at a message; only then may they read it."""

    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="report")
    reason = models.TextField(_("reason"), blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(_USER, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    #: Until when its sender writes to nobody; empty where nothing had to be done.
    stopped_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("report of a message")
        verbose_name_plural = _("reports of messages")
        indexes = [models.Index(fields=["decided_at", "id"], name="experts_reports_waiting")]

    def __str__(self) -> str:
        return str(self.message_id)
