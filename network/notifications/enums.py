"""Words of the room ``notifications``."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """The ways in which a person is told."""

    INBOX = "inbox", _("Inbox")
    MAIL = "mail", _("E-mail")


class Timing(models.TextChoices):
    """When she is told on one way."""

    AT_ONCE = "at_once", _("At once")
    NEVER = "never", _("Never")


class MailState(models.TextChoices):
    """What became of a mail."""

    QUEUED = "queued", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    NOTHING = "nothing", _("Nothing left to say")
    FAILED = "failed", _("Undelivered")
