"""Words of events."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    WORKSHOP = "workshop", _("Workshop")
    DIALOGUE = "dialogue", _("Dialogue")
    ROUND_TABLE = "round-table", _("Round table")
    FORUM = "forum", _("Forum")
    SEMINAR = "seminar", _("Seminar")
    WEBINAR = "webinar", _("Webinar")
    MEETING = "meeting", _("Meeting")
    EXHIBITION = "exhibition", _("Exhibition")
    FAIR = "fair", _("Knowledge fair")


class Attendance(models.TextChoices):
    ON_SITE = "on-site", _("On site")
    ONLINE = "online", _("Online")
    HYBRID = "hybrid", _("On site and online")


class PlaceState(models.TextChoices):
    """Where somebody stands who asked for a place."""

    ASKED = "asked", _("Waits for approval")
    WAITING = "waiting", _("On the waiting list")
    OFFERED = "offered", _("Offered a place")
    CONFIRMED = "confirmed", _("Has a place")
    CANCELLED = "cancelled", _("Gave the place back")
    DECLINED = "declined", _("Was declined")
    LAPSED = "lapsed", _("Did not answer the offer")


#: She takes part or may still.
LIVE = (PlaceState.ASKED, PlaceState.WAITING, PlaceState.OFFERED, PlaceState.CONFIRMED)
#: A place is kept for her.
HOLDING = (PlaceState.OFFERED, PlaceState.CONFIRMED)


class Shown(models.TextChoices):
    """Who sees who takes part."""

    NOBODY = "nobody", _("Those who keep the event, nobody else")
    PARTICIPANTS = "participants", _("Those who have a place")


class Asking(models.TextChoices):
    """What kind of answer a question takes."""

    TEXT = "text", _("A few words")
    CHOICE = "choice", _("One of several answers")


class Occasion(models.TextChoices):
    """Of what participants are told once, by the clock."""

    DAY_BEFORE = "day", _("A day before")
    HOUR_BEFORE = "hour", _("An hour before")


class HourKind(models.TextChoices):
    """What a visitor finds at an hour of a stall."""

    OPEN = "open", _("We are there")
    TALK = "talk", _("A talk for one visitor")


class Beginning(models.TextChoices):
    """From what an editor begins an event."""

    WEBINAR = "webinar", _("Webinar: an hour and a half, online")
    WORKSHOP = "workshop", _("Workshop: two days at a place")
    FAIR = "fair", _("Knowledge fair: three days, at a place and online")


class QuestionState(models.TextChoices):
    """Where a question from the audience of a session stands."""

    WAITING = "waiting", _("Waits")
    SHOWN = "shown", _("Shown")
    HIDDEN = "hidden", _("Not shown")


class ClaimState(models.TextChoices):
    """Where somebody stands who says that she speaks in a session."""

    ASKED = "asked", _("Waits for an answer")
    CONFIRMED = "confirmed", _("Confirmed")
    DECLINED = "declined", _("Declined")
