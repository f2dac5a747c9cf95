"""Around the ceremony: who is told before everybody else, and which answers others may learn from."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.awards.models.editions import Nomination
from network.awards.models.results import verification_code


class EarlyNotice(models.Model):
    """A named person reads one result before the release, under embargo: a laureate who travels, a printer.

    ``code`` is what the certificate will be verified by: a file that is printed early is the one that counts.
    """

    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="early_notices")
    name = models.CharField(_("name"), max_length=150)
    email = models.EmailField(_("e-mail address"))
    reason = models.CharField(_("why she is told"), max_length=300)
    code = models.CharField(max_length=14, default=verification_code, editable=False)
    made_by = models.UUIDField(help_text=_("The pseudonym of the person."))
    made_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("notice before the release")
        verbose_name_plural = _("notices before the release")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.nomination_id}: {self.email}"


class Leave(models.Model):
    """The nominee lets others learn from its answers: which ones, and who of the Party said so."""

    nomination = models.OneToOneField(Nomination, on_delete=models.PROTECT, related_name="leave")
    answers = models.JSONField(default=list, help_text=_("Codes of the criteria."))
    given_by = models.UUIDField(help_text=_("The pseudonym of the person."))
    given_at = models.DateTimeField(default=timezone.now)
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("leave to publish answers")
        verbose_name_plural = _("leaves to publish answers")

    def __str__(self) -> str:
        return f"{self.nomination_id}"
