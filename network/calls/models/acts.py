"""Acts that change a call that is already open: none of them is silent."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.calls.enums import Change
from network.calls.models.cases import Call, StageRun
from network.thesaurus.models import Term


class Amendment(models.Model):
    """What was, what is, and why: public, and told to everybody alike."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="amendments")
    number = models.PositiveSmallIntegerField()
    change = models.CharField(max_length=10, choices=Change)
    before = models.JSONField()
    after = models.JSONField()
    reason = models.TextField(max_length=1000)
    made_by = models.UUIDField(help_text=_("The pseudonym of the person."))
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("amendment")
        verbose_name_plural = _("amendments")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["call", "number"], name="calls_amendment_number")]

    def __str__(self) -> str:
        return f"{self.call_id} {self.number}: {self.change}"


class Grant(models.Model):
    """One named Party may hand in late, until an instant. Nobody else may, and nobody after it."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="grants")
    party = models.ForeignKey(
        Term, on_delete=models.PROTECT, related_name="+", limit_choices_to={"domain": "country"}
    )
    until = models.DateTimeField(_("until"))
    reason = models.TextField(max_length=1000)
    granted_by = models.UUIDField(help_text=_("The pseudonym of the person."))
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("late entry")
        verbose_name_plural = _("late entries")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("at")), name="calls_grant_ends_after_it_is_given")
        ]

    def __str__(self) -> str:
        return f"{self.call_id}: {self.party_id}"


class EndorsementLink(models.Model):
    """A way to endorse one case once, without signing in: for the office that a Party's letter came from.

    It opens nothing else, ends by itself, and is used up by the first endorsement, whoever gave that.
    """

    run = models.ForeignKey(StageRun, on_delete=models.PROTECT, related_name="links")
    email = models.EmailField(_("e-mail address"))
    expires_at = models.DateTimeField(_("until"))
    made_by = models.UUIDField(help_text=_("The pseudonym of the person."))
    made_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(null=True)
    signed_name = models.CharField(_("name of who endorsed"), max_length=150, blank=True)

    class Meta:
        verbose_name = _("link for an endorsement")
        verbose_name_plural = _("links for endorsements")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.run_id}: {self.email}"

    def is_usable(self) -> bool:
        return self.used_at is None and self.run.closed_at is None and timezone.now() < self.expires_at
