"""What a person has published."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from network.experts.enums import Source
from network.experts.models.profiles import ExpertProfile


class Publication(models.Model):
    """One work, as a reader would cite it."""

    profile = models.ForeignKey(ExpertProfile, on_delete=models.CASCADE, related_name="publications")
    title = models.CharField(_("title"), max_length=500)
    authors = models.CharField(_("authors"), max_length=500, blank=True)
    venue = models.CharField(_("journal, book or publisher"), max_length=300, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    doi = models.CharField("DOI", max_length=200, blank=True)
    url = models.URLField(_("address"), max_length=500, blank=True)
    source = models.CharField(max_length=10, choices=Source.choices, default=Source.HAND)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title
