"""The jury: seats, conflicts, who scores what, the scores, what is said about them."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.calls.enums import AssignmentState, ConflictSource, Round, SeatState
from network.calls.models.cases import Call, Case, StageRun
from network.calls.querysets import AssignmentQuerySet, PanelMemberQuerySet, ReviewQuerySet
from network.thesaurus.models import Term


class PanelMember(models.Model):
    """A seat on the jury of a call. Its holder accepts and discloses before any file opens."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="panel")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="jury_seats"
    )
    represents = models.ForeignKey(
        Term, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        limit_choices_to={"domain": "country"}, verbose_name=_("Party represented"),
    )  # fmt: skip
    state = models.CharField(max_length=10, choices=SeatState, default=SeatState.INVITED)
    languages = models.JSONField(default=list, help_text=_("Codes of the languages that she reads."))
    until = models.DateField(_("last day of the term"), null=True, blank=True)
    declined_because = models.CharField(max_length=300, blank=True)
    seated_at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True)
    disclosed_at = models.DateTimeField(null=True)

    objects = PanelMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("juror")
        verbose_name_plural = _("jurors")
        constraints = [models.UniqueConstraint(fields=["call", "person"], name="calls_juror_once_a_call")]

    def __str__(self) -> str:
        return f"{self.person} ({self.call})"


class Conflict(models.Model):
    """Why a person must not open, score, decide or discuss a case."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="conflicts")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="conflicts")
    source = models.CharField(max_length=10, choices=ConflictSource)
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("conflict of interest")
        verbose_name_plural = _("conflicts of interest")
        constraints = [models.UniqueConstraint(fields=["case", "person"], name="calls_conflict_once")]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.source}"


class Assignment(models.Model):
    """One juror, one case, one pass of the jury stage."""

    run = models.ForeignKey(StageRun, on_delete=models.PROTECT, related_name="assignments")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="assignments")
    member = models.ForeignKey(PanelMember, on_delete=models.PROTECT, related_name="assignments")
    state = models.CharField(max_length=10, choices=AssignmentState, default=AssignmentState.ASSIGNED)
    interpreter = models.CharField(
        _("interpreter"), max_length=150, blank=True,
        help_text=_("Who reads the file to a juror who does not read its language."),
    )  # fmt: skip
    changed_at = models.DateTimeField(auto_now=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        constraints = [models.UniqueConstraint(fields=["run", "member"], name="calls_assignment_once")]

    def __str__(self) -> str:
        return f"{self.case_id} for {self.member_id}"


class Review(models.Model):
    """A juror's scores, a new row for each version; ``digest`` says which text she had read."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="reviews")
    version = models.PositiveSmallIntegerField()
    round = models.PositiveSmallIntegerField(choices=Round, default=Round.ALONE)
    scores = models.JSONField(help_text=_("Criterion code to score."))
    reasons = models.JSONField(default=dict, help_text=_("Criterion code to reason."))
    digest = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        constraints = [models.UniqueConstraint(fields=["assignment", "version"], name="calls_review_version")]

    def __str__(self) -> str:
        return f"{self.assignment_id} v{self.version}"


class ReviewDraft(models.Model):
    """What a juror has typed and not handed in. It counts for nothing and is nobody's but hers."""

    assignment = models.OneToOneField(Assignment, on_delete=models.CASCADE, related_name="draft")
    scores = models.JSONField(default=dict)
    reasons = models.JSONField(default=dict)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("draft of scores")
        verbose_name_plural = _("drafts of scores")

    def __str__(self) -> str:
        return f"{self.assignment_id}"


class Remark(models.Model):
    """Something that a juror says about a case once the panel has closed, for the panel and the record."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="remarks")
    member = models.ForeignKey(PanelMember, on_delete=models.PROTECT, related_name="remarks")
    text = models.TextField(_("remark"), max_length=3000)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.case_id} by {self.member_id}"
