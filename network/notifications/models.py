"""What people are told: rows of ids, and the mails that carry them."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.notifications.enums import Channel, MailState, Timing
from network.notifications.querysets import NotificationQuerySet, OutgoingMailQuerySet


class Notification(models.Model):
    """One thing that one person is told of.

    ``group`` holds together what is one line in the inbox (``thread:17``). ``in_inbox`` and ``by_mail`` are
    what she had chosen when it happened.
    """

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications"
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(max_length=60)
    group = models.CharField(max_length=100)
    ids = models.JSONField(default=dict)
    in_inbox = models.BooleanField(default=True)
    by_mail = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        indexes = [
            models.Index(fields=["recipient", "-id"], name="notifications_by_recipient"),
            models.Index(fields=["recipient", "group", "-id"], name="notifications_by_group"),
            models.Index(
                fields=["recipient", "group"],
                condition=models.Q(read_at=None, in_inbox=True),
                name="notifications_unread",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.recipient_id}"


class Preference(models.Model):
    """How one person wants to be told of one kind on one channel; without a row the kind's default holds."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notification_preferences"
    )
    kind = models.CharField(max_length=60)
    channel = models.CharField(max_length=10, choices=Channel)
    timing = models.CharField(max_length=10, choices=Timing)

    class Meta:
        verbose_name = _("preference")
        verbose_name_plural = _("preferences")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "channel"], name="notifications_preference_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} by {self.channel}: {self.timing}"


class OutgoingMail(models.Model):
    """A mail that is owed. It holds no words: they are made when it is sent, for the person as she is then.

    ``message_id`` is given when the row is written, so that a mail that had to be sent twice (the worker died
    between the server's yes and our note of it) is one mail to the recipient's mail program.
    """

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="outgoing_mails",
        help_text=_("Empty for a mail to an address that belongs to nobody here."),
    )
    address = models.EmailField(max_length=254, blank=True)
    notification_ids = models.JSONField(default=list)
    language = models.CharField(max_length=10, blank=True)
    message_id = models.CharField(max_length=200, unique=True)
    state = models.CharField(max_length=10, choices=MailState, default=MailState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(default=timezone.now)
    error = models.CharField(max_length=100, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("outgoing mails")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(recipient__isnull=False) | ~models.Q(address=""),
                name="notifications_mail_has_somebody",
            )
        ]
        indexes = [
            models.Index(
                fields=["next_try_at", "id"],
                condition=models.Q(state__in=["queued", "sending"]),
                name="notifications_mail_due",
            ),
            models.Index(
                fields=["-id"], condition=models.Q(state="failed"), name="notifications_mail_failed"
            ),
        ]

    def __str__(self) -> str:
        return self.message_id
