"""What a person says of herself, if she likes. Nothing here is ever derived from anything else."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from network.experts.enums import Gender


class SelfDescription(models.Model):
    """The part of a profile that nobody sees until its person chooses who may."""

    community = models.CharField(_("community"), max_length=200, blank=True)
    groups = models.JSONField(_("networks"), default=list, blank=True)
    gender = models.CharField(_("gender"), max_length=10, choices=Gender.choices, blank=True)

    class Meta:
        abstract = True
