"""For what a person can be asked, and when she cannot."""

from django.db import models
from django.utils.translation import gettext_lazy as _

#: A month has no more hours than that for others.
MOST_HOURS = 200


class Availability(models.Model):
    """The part of a profile that says what its person has time for."""

    offers = models.JSONField(_("availability"), default=list, blank=True)
    hours = models.PositiveSmallIntegerField(_("hours a month"), null=True, blank=True)
    available_from = models.DateField(_("available from"), null=True, blank=True)
    away_until = models.DateField(_("away until"), null=True, blank=True)
    away_note = models.CharField(_("while away"), max_length=300, blank=True)

    class Meta:
        abstract = True
