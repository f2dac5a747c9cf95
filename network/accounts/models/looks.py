"""Who has looked at what is hidden about a person, or has taken it out."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Look(models.Model):
    """``viewer`` saw something of ``person`` that others do not see. ``what`` is a name in
    ``accounts.looking.kinds``, ``purpose`` is what she said that she needed it for."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="looked_at")
    viewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="looks"
    )
    what = models.CharField(max_length=60)
    purpose = models.CharField(_("purpose"), max_length=300, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("look at personal data")
        verbose_name_plural = _("looks at personal data")
        indexes = [
            models.Index(fields=["person", "-at"], name="accounts_looks_of_person"),
            models.Index(fields=["viewer", "what", "-at"], name="accounts_looks_by_viewer"),
        ]

    def __str__(self) -> str:
        return f"{self.what}: {self.at:%Y-%m-%d %H:%M}"
