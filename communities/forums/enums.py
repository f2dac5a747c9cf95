"""Words of the room ``forums``."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PostState(models.TextChoices):
    PUBLISHED = "published", _("Published")
    HELD = "held", _("Waiting for a moderator")
    HIDDEN = "hidden", _("Hidden by a moderator")
    REJECTED = "rejected", _("Turned down")


class Origin(models.TextChoices):
    """Which door a post came through."""

    WEB = "web", _("Web")
    MAIL = "mail", _("E-mail")
    IMPORT = "import", _("Imported")


class ThreadEventKind(models.TextChoices):
    PINNED = "pinned", _("pinned this thread")
    UNPINNED = "unpinned", _("unpinned this thread")
    LOCKED = "locked", _("locked this thread")
    UNLOCKED = "unlocked", _("unlocked this thread")
