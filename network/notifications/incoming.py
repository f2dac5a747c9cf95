"""Rows of mails that come in, and of addresses that do not work. ``models`` hands them on to Django."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.notifications.enums import BounceKind, IncomingReason, IncomingState, WhyNoMail
from network.notifications.querysets import IncomingMailQuerySet, SuspensionQuerySet


class IncomingMail(models.Model):
    """A mail that somebody sent to one of our addresses, once however often it is delivered.

    The mail itself lies sealed in the vault at ``path`` until it is settled and some time has passed.
    ``arrived_at`` is when our front mail server had it, ``counts_at`` the hour that counts for whoever wrote
    it. ``person`` is whose words it holds, as far as that is known. ``desk`` names those who decide about it
    (``community:12``), ``said`` is what its sender is told.
    """

    digest = models.CharField(max_length=64, unique=True)
    recipient = models.CharField(max_length=320)
    sender = models.CharField(max_length=254, blank=True)
    envelope_from = models.CharField(max_length=320, blank=True)
    message_id = models.CharField(max_length=400, blank=True)
    path = models.CharField(max_length=80, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="incoming_mails",
    )
    desk = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=10, choices=IncomingState, default=IncomingState.RECEIVED)
    reason = models.CharField(max_length=10, choices=IncomingReason, blank=True)
    said = models.TextField(blank=True)
    ids = models.JSONField(default=dict, blank=True)
    deliveries = models.PositiveIntegerField(default=1)
    arrived_at = models.DateTimeField(default=timezone.now)
    counts_at = models.DateTimeField(default=timezone.now)
    received_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(default=timezone.now)
    error = models.CharField(max_length=100, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = IncomingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("incoming mail")
        verbose_name_plural = _("incoming mails")
        indexes = [
            models.Index(
                fields=["next_try_at", "id"],
                condition=models.Q(state="received"),
                name="notifications_incoming_due",
            ),
            models.Index(
                fields=["desk", "id"],
                condition=models.Q(state="waiting"),
                name="notifications_incoming_wait",
            ),
            models.Index(fields=["sender", "answered_at"], name="notifications_answered"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}: {self.state}"


class Bounce(models.Model):
    """A mail of ours that did not arrive, as a mail server told us; ``status`` is its code (RFC 3463)."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    address = models.CharField(max_length=254)
    kind = models.CharField(max_length=4, choices=BounceKind)
    status = models.CharField(max_length=20, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("bounce")
        verbose_name_plural = _("bounces")
        indexes = [models.Index(fields=["address", "-at"], name="notifications_bounced")]

    def __str__(self) -> str:
        return f"{self.kind} {self.status}"


class MailSuspension(models.Model):
    """An address that gets no notices by mail, until the person whose it is wants them again."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_suspensions"
    )
    address = models.CharField(max_length=254)
    kind = models.CharField(max_length=5, choices=WhyNoMail)
    status = models.CharField(max_length=20, blank=True)
    since = models.DateTimeField(default=timezone.now)
    lifted_at = models.DateTimeField(null=True, blank=True)

    objects = SuspensionQuerySet.as_manager()

    class Meta:
        verbose_name = _("address without mail")
        verbose_name_plural = _("addresses without mail")
        constraints = [
            models.UniqueConstraint(
                fields=["address"],
                condition=models.Q(lifted_at=None),
                name="notifications_suspended_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} since {self.since:%Y-%m-%d}"
