"""Words of the room ``accounts``."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person does for the whole network.

    Each is a group of the same name, made by a migration; an administrator is Django's superuser instead,
    because what she may do in the Wagtail administration does not hang on a group.
    """

    EDITOR = "editor", _("Editor")
    SECRETARIAT = "secretariat", _("Secretariat")
    STEWARD = "steward", _("Knowledge steward")
    MODERATOR = "site_moderator", _("Site moderator")
    ADMINISTRATOR = "administrator", _("Administrator")


#: Whoever holds one of these signs in with a second factor, or holds no key of it until she does.
SECOND_FACTOR_ROLES = frozenset({Role.ADMINISTRATOR, Role.SECRETARIAT, Role.STEWARD})


class Purpose(models.TextChoices):
    """What a person's data is processed for; the wording that she agreed to is in ``wordings``."""

    ACCOUNT = "account", _("Your account")


class Leaving(models.TextChoices):
    """What becomes of a person's contributions when she leaves."""

    KEEP = "keep", _("Keep what I wrote, under the name “Former member”")
    ERASE = "erase", _("Erase what I wrote as well")


class ListState(models.TextChoices):
    """Where a list of people stands on its way in."""

    UPLOADED = "uploaded", _("Columns to be told")
    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Being brought in")
    DONE = "done", _("Brought in")
    FAILED = "failed", _("Failed")
