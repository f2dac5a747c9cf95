"""The procedure engine's facts: who did what to which case, when. No Wagtail, no award in here."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.calls.enums import Outcome, StageKind
from network.calls.querysets import CallQuerySet, CaseQuerySet, StageRunQuerySet
from network.foundations.ids import public_id
from network.thesaurus.models import Term


class Call(models.Model):
    """An invitation to bring cases, between two instants, under rules that are frozen when it opens.

    ``rules`` is plain data: ``scale`` (lowest and highest score), ``criteria`` (code and weight each),
    ``quorum`` (reviews that a case needs), ``stages`` (see ``course``). Only codes: their words belong to the
    procedure. ``rules_version`` goes up with each amendment.
    """

    slug = models.SlugField(max_length=60, unique=True)
    procedure = models.CharField(max_length=40)
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    zone = models.CharField(_("official time zone"), max_length=64, default="UTC")
    rules = models.JSONField(default=dict)
    rules_version = models.PositiveSmallIntegerField(default=1, editable=False)
    opened_at = models.DateTimeField(null=True, editable=False)
    release_at = models.DateTimeField(
        null=True, editable=False, help_text=_("The instant at which everything goes out by itself.")
    )
    release_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    released_at = models.DateTimeField(null=True, editable=False)

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="calls_call_closes_after_opening"
            ),
            models.CheckConstraint(
                condition=Q(released_at=None) | Q(opened_at__isnull=False),
                name="calls_call_released_only_if_opened",
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    @property
    def at(self) -> datetime:
        """The instant of the deed that holds this row locked; outside of one, now."""
        return getattr(self, "_at", None) or timezone.now()

    def stamp(self) -> None:
        """Read the clock once, with the row locked: everything in this deed happens at that instant."""
        self._at = timezone.now()

    def is_open(self) -> bool:
        """Open from the first instant up to, and without, the instant of closing."""
        return self.opened_at is not None and self.opens_at <= self.at < self.closes_at

    def is_granted(self, party: Term | None) -> bool:
        """Late entry was granted to this Party, and its instant has not come."""
        return party is not None and self.grants.filter(party=party, until__gt=self.at).exists()

    def is_ahead(self) -> bool:
        return self.at < self.opens_at

    def is_over(self) -> bool:
        return self.at >= self.closes_at


class Case(models.Model):
    """What somebody brought: the root that every deed locks."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="cases")
    party = models.ForeignKey(
        Term,
        on_delete=models.PROTECT,
        related_name="cases",
        null=True,
        limit_choices_to={"domain": "country"},
    )
    nominator = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="cases"
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+",
        help_text=_("Who typed a case that came by letter."),
    )  # fmt: skip
    letter_of = models.DateField(_("date of the letter"), null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    submitted_at = models.DateTimeField(null=True)
    digest = models.CharField(max_length=64, blank=True, help_text=_("SHA-256 of what was submitted."))

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        constraints = [models.UniqueConstraint(fields=["call", "party"], name="calls_case_once_a_party")]

    def __str__(self) -> str:
        return self.public_id

    @property
    def run(self) -> "StageRun | None":
        """The stage that the case is at; None when it has gone through all of them."""
        return next((run for run in self.runs.all() if run.closed_at is None), None)


class StageRun(models.Model):
    """One pass of a case through one stage. ``due_at`` is a named, expiring grant of time."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="runs")
    kind = models.CharField(max_length=10, choices=StageKind)
    place = models.PositiveSmallIntegerField(default=0, help_text=_("Among the stages of the call."))
    opened_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)
    reason = models.TextField(blank=True)
    findings = models.JSONField(default=dict, help_text=_("What a screener has ticked, by its code."))

    objects = StageRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("stage")
        verbose_name_plural = _("stages")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(closed_at=None), name="calls_run_one_open_a_case"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, outcome="") | (Q(closed_at__isnull=False) & ~Q(outcome="")),
                name="calls_run_closed_with_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"


class Decision(models.Model):
    """What was decided about a case, a new row for each version; sealed until the call is released."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decisions")
    version = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=40)
    note = models.TextField(blank=True)
    decided_by = models.UUIDField(help_text=_("The pseudonym of the person."))
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(fields=["case", "version"], name="calls_decision_version")]

    def __str__(self) -> str:
        return f"{self.case_id} v{self.version}"


class Event(models.Model):
    """The record of a call: one row for each deed, ids and codes only, each chained to the one before.

    No foreign keys: erasing a person or a row never touches the record.
    """

    call = models.BigIntegerField()
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=40)
    case = models.BigIntegerField(null=True)
    actor = models.UUIDField(null=True)
    ids = models.JSONField(default=dict)
    at = models.DateTimeField()
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["call", "number"]
        constraints = [models.UniqueConstraint(fields=["call", "number"], name="calls_event_number_once")]

    def __str__(self) -> str:
        return f"{self.call} {self.number}: {self.kind}"
