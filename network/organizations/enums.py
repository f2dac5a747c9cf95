"""Words of the room ``organizations``."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What an organization is."""

    GOVERNMENT = "government", _("Government body")
    INTERGOVERNMENTAL = "intergovernmental", _("Intergovernmental organization")
    IPLC = "iplc", _("Organization of indigenous peoples or local communities")
    RESEARCH = "research", _("Research institute")
    UNIVERSITY = "university", _("University")
    COLLECTION = "collection", _("Museum, garden or collection")
    CIVIL_SOCIETY = "civil-society", _("Civil society organization")
    WOMEN = "women", _("Women’s organization")
    YOUTH = "youth", _("Youth organization")
    BUSINESS = "business", _("Business")
    NETWORK = "network", _("Network or partnership")
    OTHER = "other", _("Other")


class FocalPointRole(models.TextChoices):
    """What a Party has named somebody its focal point for."""

    CBD = "cbd", _("National focal point for the Convention")
    CLEARING_HOUSE = "clearing-house", _("Clearing-house focal point")
