"""What happened to an account: who did it, when and why. Groups and ``is_active`` follow these rows."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.accounts.enums import Leaving, Purpose, Role
from network.accounts.querysets import ConsentQuerySet, GrantQuerySet, SuspensionQuerySet


def _doer(related_name: str, label: str) -> models.ForeignKey:
    """Who did it; nobody when the installation itself did (command line, demo, the passing of time)."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=label,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name=related_name,
    )


class RoleGrant(models.Model):
    """A person holds a role from ``granted_at`` until ``revoked_at``."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="role_grants")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    granted_at = models.DateTimeField(_("granted"), default=timezone.now)
    granted_by = _doer("+", _("granted by"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    revoked_by = _doer("+", _("revoked by"))
    revoked_reason = models.CharField(_("reason for revoking"), max_length=300, blank=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("role of a person")
        verbose_name_plural = _("roles of people")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "role"],
                condition=models.Q(revoked_at=None),
                name="accounts_role_held_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.person}"


class Suspension(models.Model):
    """A person may not sign in from ``since`` until ``until``, or until somebody lifts it."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="suspensions")
    since = models.DateTimeField(_("since"), default=timezone.now)
    until = models.DateTimeField(_("until"), null=True, blank=True)
    imposed_by = _doer("+", _("imposed by"))
    reason = models.CharField(_("reason"), max_length=500)
    lifted_at = models.DateTimeField(_("lifted"), null=True, blank=True)
    lifted_by = _doer("+", _("lifted by"))
    lifted_reason = models.CharField(_("reason for lifting"), max_length=500, blank=True)

    objects = SuspensionQuerySet.as_manager()

    class Meta:
        verbose_name = _("suspension")
        verbose_name_plural = _("suspensions")
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(lifted_at=None), name="accounts_suspended_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.reason}"


class ProcessingConsent(models.Model):
    """A person's consent to the processing of her data, and which wording she agreed to.

    Not to be confused with a people's free, prior and informed consent, which is the room ``consent``.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="processing_consents"
    )
    purpose = models.CharField(_("purpose"), max_length=30, choices=Purpose.choices)
    wording = models.CharField(_("version of the wording"), max_length=20)
    given_at = models.DateTimeField(_("given"), default=timezone.now)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent to processing")
        verbose_name_plural = _("consents to processing")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose", "wording"],
                condition=models.Q(withdrawn_at=None),
                name="accounts_consent_given_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_purpose_display()} {self.wording}"


class Departure(models.Model):
    """A person has left; what was hers is gone, her pseudonym stays in records that may not change."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="departure"
    )
    at = models.DateTimeField(_("left"), default=timezone.now)
    choice = models.CharField(_("contributions"), max_length=10, choices=Leaving.choices)

    class Meta:
        verbose_name = _("departure")
        verbose_name_plural = _("departures")

    def __str__(self) -> str:
        return f"{self.person}: {self.at:%Y-%m-%d}"
