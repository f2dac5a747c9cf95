"""Words of the procedure engine."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class StageKind(models.TextChoices):
    """What can happen to a case; the kinds are code, their order in a procedure is data of the call."""

    SUBMIT = "submit", pgettext_lazy("stage", "Preparation")
    ENDORSE = "endorse", pgettext_lazy("stage", "Endorsement")
    SCREEN = "screen", pgettext_lazy("stage", "Screening")
    REVIEW = "review", pgettext_lazy("stage", "Jury")
    DISCUSS = "discuss", pgettext_lazy("stage", "Discussion")
    DECIDE = "decide", pgettext_lazy("stage", "Decision")


class Outcome(models.TextChoices):
    """How a stage of a case ended. A decision's content is never among them: it stays sealed."""

    SUBMITTED = "submitted", _("Submitted")
    ENDORSED = "endorsed", _("Endorsed")
    ELIGIBLE = "eligible", _("Eligible")
    RETURNED = "returned", _("Returned for completion")
    INELIGIBLE = "ineligible", _("Not eligible")
    SCORED = "scored", _("All scores are in")
    DISCUSSED = "discussed", _("Discussion closed")
    WENT_ON = "went-on", _("Goes on")
    ENDED = "ended", _("Does not go on")
    RELEASED = "released", _("Results released")


class SeatState(models.TextChoices):
    """How somebody answered the invitation to a seat."""

    INVITED = "invited", _("Invited")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")


class Round(models.IntegerChoices):
    """A juror scores on her own first; what she says after the discussion is another score beside it."""

    ALONE = 1, _("On her own")
    DISCUSSED = 2, _("After the discussion")


class Change(models.TextChoices):
    """What an amendment of a call has changed."""

    CLOSING = "closing", _("The instant of closing")
    RULES = "rules", _("The rules")


class AssignmentState(models.TextChoices):
    ASSIGNED = "assigned", _("To be scored")
    DONE = "done", _("Scored")
    RECUSED = "recused", _("Recused")
    EXCUSED = "excused", _("Excused")


class ConflictSource(models.TextChoices):
    DERIVED = "derived", _("Found by the system")
    DECLARED = "declared", _("Declared by the person")
    RAISED = "raised", _("Raised by the secretariat")
