"""Rosters: named lists of people with a mandate, and everything that keeps their entries true."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.experts.enums import Capacity, Ending, Step, Way
from network.experts.trusted import EntryQuerySet, KeeperQuerySet, RosterQuerySet
from network.organizations.models import Organization
from network.thesaurus.models import Term


class Roster(models.Model):
    """A list of people for a purpose. ``valid_months`` is how long a place on it lasts, ``check_months`` how
    often its people say that what stands there is still true."""

    slug = models.SlugField(max_length=80, unique=True, allow_unicode=True)
    name = models.CharField(_("name"), max_length=150)
    mandate = models.TextField(_("mandate"))
    criteria = models.TextField(_("criteria"), blank=True)
    self_nomination = models.BooleanField(_("people may put themselves forward"), default=False)
    valid_months = models.PositiveSmallIntegerField(_("months that a place lasts"), default=48)
    check_months = models.PositiveSmallIntegerField(_("months between checks"), default=6)
    created_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = RosterQuerySet.as_manager()

    class Meta:
        verbose_name = _("roster")
        verbose_name_plural = _("rosters")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_months__gte=1, check_months__gte=1), name="experts_roster_months"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("rosters:detail", args=[self.slug])


class RosterKeeper(models.Model):
    """Who approves and looks after the people of a roster, from when until when."""

    roster = models.ForeignKey(Roster, on_delete=models.CASCADE, related_name="keepers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True)

    objects = KeeperQuerySet.as_manager()

    class Meta:
        verbose_name = _("keeper of a roster")
        verbose_name_plural = _("keepers of rosters")
        constraints = [
            models.UniqueConstraint(
                fields=["roster", "person"], condition=Q(until=None), name="experts_keeper_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} keeps {self.roster_id}"


class RosterEntry(models.Model):
    """One person's place on a roster, from the nomination to its end.

    Each instant below says that a step was taken; the next one is due some days after it, so that nobody
    leaves a roster without the notices before. Confirming clears those of the check, renewing those of the
    term. ``round`` counts how often she was asked: a link in a mail is good for one round only.
    """

    roster = models.ForeignKey(Roster, on_delete=models.CASCADE, related_name="entries")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="roster_entries"
    )
    nominated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    capacity = models.CharField(max_length=12, choices=Capacity.choices, blank=True)
    country = models.ForeignKey(Term, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    organization = models.ForeignKey(
        Organization, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    why = models.TextField(_("why this person"), blank=True)
    nominated_at = models.DateTimeField(default=timezone.now)
    accepted_at = models.DateTimeField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    until = models.DateField(_("last day"), null=True, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_way = models.CharField(max_length=10, choices=Way.choices, blank=True)
    round = models.PositiveIntegerField(default=0)
    asked_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    stale_at = models.DateTimeField(null=True, blank=True)
    warned_at = models.DateTimeField(null=True, blank=True)
    term_told_at = models.DateTimeField(null=True, blank=True)
    term_warned_at = models.DateTimeField(null=True, blank=True)
    renominated_at = models.DateTimeField(null=True, blank=True)
    renominated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    ending = models.CharField(max_length=10, choices=Ending.choices, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("place on a roster")
        verbose_name_plural = _("places on rosters")
        constraints = [
            models.UniqueConstraint(
                fields=["roster", "person"], condition=Q(ended_at=None), name="experts_once_on_a_roster"
            ),
            models.CheckConstraint(
                condition=Q(approved_at=None) | Q(accepted_at__isnull=False, until__isnull=False),
                name="experts_approved_after_accepted",
            ),
        ]
        indexes = [models.Index(fields=["ended_at", "approved_at"], name="experts_roster_by_state")]

    def __str__(self) -> str:
        return f"{self.person_id} on {self.roster_id}"

    @property
    def is_active(self) -> bool:
        return self.approved_at is not None and self.ended_at is None

    @property
    def in_name_of(self) -> str:
        """The Party or the organization that nominated her; empty where she put herself forward."""
        return self.country.name if self.country else self.organization.title if self.organization else ""


class RosterEvent(models.Model):
    """What happened to an entry, when and by whom; nobody where it was the passing of time."""

    entry = models.ForeignKey(RosterEntry, on_delete=models.CASCADE, related_name="events")
    step = models.CharField(max_length=12, choices=Step.choices)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    way = models.CharField(max_length=10, choices=Way.choices, blank=True)
    #: The day that a notice named, or the last day of the term that began.
    day = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("event of a roster")
        verbose_name_plural = _("events of rosters")
        indexes = [models.Index(fields=["entry", "-id"], name="experts_events_of_entry")]

    def __str__(self) -> str:
        return f"{self.step} of {self.entry_id}"


class RosterAssignment(models.Model):
    """What somebody on a roster was really asked to do, and the thanks for it; she sees it herself."""

    entry = models.ForeignKey(RosterEntry, on_delete=models.CASCADE, related_name="assignments")
    what = models.CharField(_("what"), max_length=200)
    since = models.DateField(_("from"))
    until = models.DateField(_("until"), null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(default=timezone.now)
    thanks = models.TextField(_("thanks"), blank=True)
    thanked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    thanked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("assignment from a roster")
        verbose_name_plural = _("assignments from rosters")

    def __str__(self) -> str:
        return self.what
