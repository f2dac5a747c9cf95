"""What follows a release: certificates to verify, corrections in the open, appeals."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.awards.enums import Mending
from network.awards.models.editions import Edition, Laureate, Nomination
from network.foundations.ids import verification_code


class Certificate(models.Model):
    """A laureate's certificate. The file is made from it whenever it is asked for."""

    laureate = models.OneToOneField(Laureate, on_delete=models.PROTECT, related_name="certificate")
    code = models.CharField(max_length=14, unique=True, default=verification_code, editable=False)
    issued_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("awards:certificate", args=[self.code])


class Correction(models.Model):
    """A result was wrong, or could not stand. What was and what is, for everybody to read."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="corrections")
    laureate = models.BigIntegerField()
    kind = models.CharField(max_length=10, choices=Mending)
    before = models.JSONField()
    after = models.JSONField(null=True)
    reason = models.TextField(max_length=1000)
    made_by = models.UUIDField(help_text=_("The pseudonym of the person."))
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.edition_id}: {self.kind}"


class FactCheck(models.Model):
    """What the nominee says about facts in the file before the decision; the jury's words are not in it."""

    nomination = models.OneToOneField(Nomination, on_delete=models.PROTECT, related_name="fact_check")
    asked = models.TextField(_("facts to check"), max_length=4000)
    asked_at = models.DateTimeField(default=timezone.now)
    answer = models.TextField(_("answer"), max_length=4000, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("check of facts")
        verbose_name_plural = _("checks of facts")

    def __str__(self) -> str:
        return f"{self.nomination_id}"


class Appeal(models.Model):
    """One appeal for each nomination, until an instant, decided by somebody who had no part in the result."""

    nomination = models.OneToOneField(Nomination, on_delete=models.PROTECT, related_name="appeal")
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    text = models.TextField(_("what was wrong about the procedure"), max_length=4000)
    filed_at = models.DateTimeField(default=timezone.now)
    upheld = models.BooleanField(null=True)
    answer = models.TextField(_("answer"), max_length=4000, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("appeal against a result")
        verbose_name_plural = _("appeals against results")
        constraints = [
            models.CheckConstraint(
                condition=Q(upheld=None, decided_at=None) | Q(upheld__isnull=False, decided_at__isnull=False),
                name="awards_appeal_decided_at_an_instant",
            )
        ]

    def __str__(self) -> str:
        return f"{self.nomination_id}"
