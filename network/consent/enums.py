"""Words of the room ``consent``."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class HolderKind(models.TextChoices):
    PEOPLE = "people", pgettext_lazy("holder", "People")
    COMMUNITY = "community", _("Community")
    CLAN = "clan", _("Clan")
    FAMILY = "family", _("Family")
    KEEPER = "keeper", _("Knowledge keeper")


class Exposure(models.TextChoices):
    """How far an item may ever go. It is a ceiling: consent can stay below it, never pass it."""

    REFERENCE = "reference", _("Reference only: a title and a way to ask; no text is kept here")
    KNOWN = "known", _("Known: the text is kept sealed and only its holders read it")
    SHARED = "shared", _("Shared: people whom the holders name may read it")
    OPEN = "open", _("Open: everybody may read it, with attribution")


class PartName(models.TextChoices):
    TITLE = "title", _("Name of the knowledge")
    SUMMARY = "summary", _("Summary")
    BODY = "body", _("Text")


class RecordKind(models.TextChoices):
    """What a holder said. The newest record of each holder speaks for it; silence is no."""

    GIVEN = "given", _("Consent given")
    REFUSED = "refused", _("Consent refused")
    SUSPENDED = "suspended", _("Sharing paused")
    WITHDRAWN = "withdrawn", _("Consent withdrawn")


class Basis(models.TextChoices):
    """The three wordings of the Convention, kept apart as the holders' own law has it."""

    PIC = "pic", _("Prior and informed consent")
    FPIC = "fpic", _("Free, prior and informed consent")
    APPROVAL = "approval", _("Approval and involvement")


class Method(models.TextChoices):
    """How the word reached the record."""

    HERE = "here", _("Given here, by a person who decides for the holders")
    MEETING = "meeting", _("Given at a meeting")
    PAPER = "paper", _("Given on paper")
    VOICE = "voice", _("Given by telephone or in person")


class State(models.TextChoices):
    """Where consent stands at one instant; computed from records and clock, never stored."""

    UNKNOWN = "unknown", _("No consent recorded")
    GIVEN = "given", _("Shared")
    SCHEDULED = "scheduled", _("Will be shared later")
    OUT_OF_SEASON = "out_of_season", _("Out of season")
    EXPIRED = "expired", _("Expired")
    SUSPENDED = "suspended", _("Paused")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Action(models.TextChoices):
    """What can be done with knowledge; each exit performs one of these. What is not granted is denied."""

    KEEP = "keep", _("be read by the holders in their own workspace")
    DISPLAY = "display", _("be shown on pages")
    QUOTE = "quote", _("be quoted in discussions")
    NOTIFY = "notify", _("be sent by e-mail")
    DISTRIBUTE = "distribute", _("be carried in feeds and calendars")
    EXPORT = "export", _("be taken out as data")
    INDEX = "index", _("be found by its words")
    TRANSLATE = "translate", _("be translated by people")
    MACHINE_TRANSLATE = "machine_translate", _("be translated by machines")
    EMBED = "embed", _("be shown on other sites")
    AI_TRAIN = "ai_train", _("be used to train artificial intelligence")


class Act(models.TextChoices):
    """What a change asks of everybody who holds a copy."""

    DELETE = "delete", _("Delete every copy")
    REVIEW = "review", _("Ask again: the terms have changed")
