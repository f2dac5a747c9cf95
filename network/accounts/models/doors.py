"""How people come in: devices that they came from before, and invitations to the network."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.accounts.enums import Role
from network.accounts.querysets import DeviceQuerySet, InvitationQuerySet

#: How long an invitation can be answered.
INVITATION_DAYS = 14


def invitation_end() -> datetime:
    """When an invitation that is sent now can no longer be answered."""
    return timezone.now() + timedelta(days=INVITATION_DAYS)


class Device(models.Model):
    """A browser that a person has signed in with: it keeps a secret in a cookie, we keep its hash.

    Only so that she is told when somebody comes with another one.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="known_devices"
    )
    secret_hash = models.CharField(max_length=64)
    browser = models.CharField(_("browser"), max_length=100, blank=True)
    first_seen_at = models.DateTimeField(default=timezone.now)
    last_seen_at = models.DateTimeField(default=timezone.now)

    objects = DeviceQuerySet.as_manager()

    class Meta:
        verbose_name = _("known device")
        verbose_name_plural = _("known devices")
        constraints = [
            models.UniqueConstraint(fields=["person", "secret_hash"], name="accounts_device_once_a_person")
        ]

    def __str__(self) -> str:
        return self.browser


class Invitation(models.Model):
    """Somebody is asked into the network: by mail, once, for some days.

    ``behalf`` is the key in whose name a focal point invites (``focal_point:140``), empty where an
    administrator does; ``role`` is given when it is answered, if the one who invites may still give it.
    Its link is signed, and opens nothing once it has been answered.
    """

    email = models.EmailField(_("e-mail address"), max_length=254)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="en")
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="invitations_sent"
    )
    behalf = models.CharField(max_length=60, blank=True)
    role = models.CharField(_("role"), max_length=20, choices=Role.choices, blank=True)
    sent_at = models.DateTimeField(_("sent"), default=timezone.now)
    expires_at = models.DateTimeField(_("expires"), default=invitation_end)
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation to the network")
        verbose_name_plural = _("invitations to the network")
        indexes = [models.Index(fields=["invited_by", "-sent_at"], name="accounts_invited_by")]

    def __str__(self) -> str:
        return f"{self.invited_by_id}: {self.sent_at:%Y-%m-%d}"

    @property
    def is_open(self) -> bool:
        return not (self.accepted_at or self.withdrawn_at) and self.expires_at > timezone.now()
