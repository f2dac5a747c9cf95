"""Words of the room ``accounts``."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person does for the whole network; each is a group of the same name, made by a migration."""

    EDITOR = "editor", _("Editor")
    SECRETARIAT = "secretariat", _("Secretariat")
    STEWARD = "steward", _("Knowledge steward")
    MODERATOR = "site_moderator", _("Site moderator")
