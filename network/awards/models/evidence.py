"""What stood at the addresses that a nominator gave: looked at by the worker, frozen at the deadline."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.awards.models.editions import Nomination


class SiteLook(models.Model):
    """One look at one address. It informs those who read the file; no score follows from it."""

    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="looks")
    url = models.URLField(max_length=300)
    asked_at = models.DateTimeField(default=timezone.now)
    looked_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=20, blank=True, help_text=_("Why nothing could be seen, as a code."))
    findings = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("look at a site")
        verbose_name_plural = _("looks at sites")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["nomination", "url"],
                condition=models.Q(looked_at=None),
                name="awards_look_waits_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.nomination_id}: {self.url}"
