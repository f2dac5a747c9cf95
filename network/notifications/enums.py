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
    DAILY = "daily", _("Daily digest")
    WEEKLY = "weekly", _("Weekly digest")
    NEVER = "never", _("Never")


class Family(models.TextChoices):
    """What kinds of notification are about; in the order of their importance in a digest."""

    MENTION = "mention", _("Mentions of me")
    REPLY = "reply", _("Replies in my threads")
    WATCHED = "watched", _("Threads that I watch")
    CONSENT = "consent", _("Consent and traditional knowledge")
    MODERATION = "moderation", _("Moderation")
    JOINING = "joining", _("Requests to join, and mandates")
    EVENT = "event", _("Reminders and dates")
    AWARD = "award", _("Steps of an award")
    NEWS = "news", _("News of my communities")
    SYSTEM = "system", _("The network itself")


class MailState(models.TextChoices):
    """What became of a mail."""

    QUEUED = "queued", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    NOTHING = "nothing", _("Nothing left to say")
    FAILED = "failed", _("Undelivered")
    DROPPED = "dropped", _("Dropped by an administrator")


class IncomingState(models.TextChoices):
    """Where a mail that came in stands."""

    RECEIVED = "received", _("Waiting to be read")
    DONE = "done", _("Taken in")
    ASKED = "asked", _("Waits for its author")
    WAITING = "waiting", _("Waits for moderators")
    RETURNED = "returned", _("Sent back")
    IGNORED = "ignored", _("Left aside")
    FAILED = "failed", _("Given up")


class IncomingReason(models.TextChoices):
    """Why it stands there."""

    POSTED = "posted", _("Posted")
    HEEDED = "heeded", _("Did what it says")
    BOUNCE = "bounce", _("Tells that a mail of ours did not arrive")
    AUTOMATIC = "automatic", _("Written by a machine")
    LIST = "list", _("Came through a mailing list")
    LOOP = "loop", _("One of our own mails came back")
    UNKNOWN_ADDRESS = "address", _("Nobody has this address here")
    UNKNOWN_SENDER = "sender", _("Nobody here has the sender’s address")
    WRONG_SENDER = "stranger", _("Not from the person to whom the address was given")
    FORGED = "forged", _("The mail server doubts the sender")
    UNPROVEN = "unproven", _("Nothing proves the sender")
    FILED = "filed", _("Handed in for its author")
    UNREADABLE = "unreadable", _("Cannot be read")
    EMPTY = "empty", _("Holds no words of the sender")
    REFUSED = "refused", _("Cannot be posted there")
    GONE = "gone", _("What it answers is not there any more")
    INVITED = "invited", _("Its sender was invited")
    DISCARDED = "discarded", _("Thrown away by a person")
    EXPIRED = "expired", _("Nobody decided in time")


class BounceKind(models.TextChoices):
    """Whether there is any use in trying again."""

    HARD = "hard", _("The address does not work")
    SOFT = "soft", _("The mailbox does not take mail at the moment")


class WhyNoMail(models.TextChoices):
    """Why an address gets no notices."""

    HARD = BounceKind.HARD.value, BounceKind.HARD.label
    SOFT = BounceKind.SOFT.value, BounceKind.SOFT.label
    ASKED = "asked", _("Somebody asked for it")


class MailForm(models.TextChoices):
    """How a mail tells what it has to tell."""

    SINGLE = "single", _("One notice")
    DIGEST = "digest", _("Digest")
