"""Words of the procedure engine."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class StageKind(models.TextChoices):
    """What can happen to a case; the kinds are code, their order in a procedure is data of the call."""

    SUBMIT = "submit", pgettext_lazy("stage", "Preparation")
    SCREEN = "screen", pgettext_lazy("stage", "Screening")
    REVIEW = "review", pgettext_lazy("stage", "Jury")
    DECIDE = "decide", pgettext_lazy("stage", "Decision")


class Outcome(models.TextChoices):
    """How a stage of a case ended. A decision's content is never among them: it stays sealed."""

    SUBMITTED = "submitted", _("Submitted")
    ELIGIBLE = "eligible", _("Eligible")
    RETURNED = "returned", _("Returned for completion")
    INELIGIBLE = "ineligible", _("Not eligible")
    SCORED = "scored", _("All scores are in")
    RELEASED = "released", _("Results released")


class AssignmentState(models.TextChoices):
    ASSIGNED = "assigned", _("To be scored")
    DONE = "done", _("Scored")
    RECUSED = "recused", _("Recused")
    EXCUSED = "excused", _("Excused")


class ConflictSource(models.TextChoices):
    DERIVED = "derived", _("Found by the system")
    DECLARED = "declared", _("Declared by the person")
    RAISED = "raised", _("Raised by the secretariat")
