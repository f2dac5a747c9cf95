"""Words of the room ``moderation``."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReportReason(models.TextChoices):
    """What is wrong with a post, in the reporter's eyes."""

    SPAM = "spam", _("It is advertising or spam")
    HARM = "harm", _("It attacks or demeans somebody")
    KNOWLEDGE = "knowledge", _("It shares traditional knowledge without consent")
    PRIVATE = "private", _("It gives away something private")
    OFF_TOPIC = "off_topic", _("It does not belong here")
    OTHER = "other", _("Something else")


class Outcome(models.TextChoices):
    UPHELD = "upheld", _("Acted on")
    DISMISSED = "dismissed", _("Dismissed")


class ClaimOutcome(models.TextChoices):
    GRANTED = "granted", _("Granted: the posts are hers")
    DECLINED = "declined", _("Declined")


class AppealOutcome(models.TextChoices):
    GRANTED = "granted", _("Granted: the decision is taken back")
    DISMISSED = "dismissed", _("Dismissed: the decision stands")
