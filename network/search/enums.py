"""Words of the room ``search``."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _


class Rhythm(models.TextChoices):
    """How often a search that is kept is done again for its person."""

    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("Once a day")
    WEEKLY = "weekly", _("Once a week")
    NEVER = "never", _("Never: I look myself")


#: How long it takes until a search is done again.
EVERY = {
    Rhythm.AT_ONCE: timedelta(minutes=5),
    Rhythm.DAILY: timedelta(days=1),
    Rhythm.WEEKLY: timedelta(days=7),
}
