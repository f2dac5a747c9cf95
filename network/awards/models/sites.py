"""National clearing-houses that the secretariat knows of, whether nominated or not."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.thesaurus.models import Term


class NationalSite(models.Model):
    """Where a Party's clearing-house stands. Parties without one are who the secretariat writes to."""

    party = models.OneToOneField(
        Term, on_delete=models.PROTECT, related_name="+", limit_choices_to={"domain": "country"},
        verbose_name=_("Party"),
    )  # fmt: skip
    url = models.URLField(_("its address on the web"), max_length=300)
    noted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("national clearing-house")
        verbose_name_plural = _("national clearing-houses")

    def __str__(self) -> str:
        return f"{self.party}: {self.url}"
