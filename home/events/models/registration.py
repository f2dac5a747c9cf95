"""Who takes part in an event: the desk that gives out places, and the people who asked for one.

An event is one thing in all its translations: the desk knows it by the key that they share.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from home.events.enums import LIVE, Asking, Attendance, Occasion, PlaceState, Shown
from home.events.querysets import DeskQuerySet, RegistrationQuerySet
from network.foundations.ids import public_id
from network.thesaurus.models import Term

#: How long after an event what people need is still known.
NEEDS_KEPT = timedelta(days=14)


class Desk(models.Model):
    """Gives out the places of one event, in the order in which people ask.

    Whoever changes who has a place holds this row's lock. ``next_number`` is the next number in that order.
    ``told_start``, ``told_end``, ``told_place`` and ``told_cancelled_at`` are what participants know of the
    event; where its page says otherwise they have to be told.
    """

    event = models.UUIDField(unique=True, editable=False)
    capacity = models.PositiveIntegerField(
        _("places"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(1_000_000)],
        help_text=_("Left empty, there is a place for everybody."),
    )
    opens_at = models.DateTimeField(_("registration opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("registration closes"), null=True, blank=True)
    needs_approval = models.BooleanField(_("each registration is approved by a person"), default=False)
    has_waiting_list = models.BooleanField(_("there is a waiting list"), default=True)
    offer_hours = models.PositiveSmallIntegerField(
        _("hours to answer an offer"),
        default=48,
        validators=[MinValueValidator(1), MaxValueValidator(720)],
        help_text=_("Then the place is offered to the next in line."),
    )
    quotas_until = models.DateTimeField(_("quotas hold until"), null=True, blank=True)
    asks_needs = models.BooleanField(
        _("ask what people need to take part"),
        default=False,
        help_text=_("Access, food. Only those who keep the event read it; erased two weeks after the event."),
    )
    shown_to = models.CharField(
        _("who sees who takes part"), max_length=20, choices=Shown, default=Shown.NOBODY
    )
    meeting_url = models.URLField(
        _("address of the online meeting"),
        max_length=300,
        blank=True,
        help_text=_("Shown only to those who have a place, when it is time."),
    )
    meeting_minutes = models.PositiveSmallIntegerField(
        _("minutes before the start at which it is shown"), default=30, validators=[MaxValueValidator(10_080)]
    )
    next_number = models.PositiveIntegerField(default=1, editable=False)
    told_start = models.DateTimeField(editable=False)
    told_end = models.DateTimeField(editable=False)
    told_place = models.CharField(max_length=200, blank=True, editable=False)
    told_cancelled_at = models.DateTimeField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = DeskQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration desk")
        verbose_name_plural = _("registration desks")
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_at=None) | Q(closes_at=None) | Q(closes_at__gt=models.F("opens_at")),
                name="events_desk_closes_after_opening",
            )
        ]

    def __str__(self) -> str:
        return str(self.event)

    def is_open(self, at: datetime) -> bool:
        """Whether one may ask for a place at this instant; the very instant of closing is too late."""
        begun = self.opens_at is None or at >= self.opens_at
        return begun and at < (self.closes_at or self.told_end) and not self.told_cancelled_at

    @property
    def meeting_shown_at(self) -> datetime:
        return self.told_start - timedelta(minutes=self.meeting_minutes)

    def quotas_hold(self, at: datetime) -> bool:
        return self.quotas_until is None or at < self.quotas_until


class Quota(models.Model):
    """Places that are kept for one UN region until the desk gives unused ones back to all."""

    desk = models.ForeignKey(Desk, on_delete=models.CASCADE, related_name="quotas")
    region = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="+", verbose_name=_("UN region"))
    places = models.PositiveIntegerField(_("places"), validators=[MaxValueValidator(1_000_000)])

    class Meta:
        verbose_name = _("quota")
        verbose_name_plural = _("quotas")
        constraints = [models.UniqueConstraint(fields=["desk", "region"], name="events_one_quota_a_region")]

    def __str__(self) -> str:
        return f"{self.region_id}: {self.places}"


class Question(models.Model):
    """What is asked of whoever registers, and why."""

    desk = models.ForeignKey(Desk, on_delete=models.CASCADE, related_name="questions")
    text = models.CharField(_("question"), max_length=200)
    purpose = models.CharField(
        _("what for"),
        max_length=200,
        help_text=_("Stands below the question: why you ask, and who reads it."),
    )
    kind = models.CharField(_("answer"), max_length=10, choices=Asking, default=Asking.TEXT)
    choices = models.JSONField(_("answers to choose from"), default=list, blank=True)
    required = models.BooleanField(_("has to be answered"), default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("question at registration")
        verbose_name_plural = _("questions at registration")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text


class Registration(models.Model):
    """Somebody asked for a place. ``number`` is her place in the order of the desk and never changes.

    ``answers`` are pairs of a question as it was put and her answer. ``needs`` is read by those who keep the
    event and erased after it. ``code`` is what she shows at the door.
    """

    desk = models.ForeignKey(Desk, on_delete=models.CASCADE, related_name="registrations")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="event_registrations"
    )
    number = models.PositiveIntegerField()
    state = models.CharField(_("state"), max_length=10, choices=PlaceState)
    state_since = models.DateTimeField(default=timezone.now)
    asked_at = models.DateTimeField(default=timezone.now)
    offer_until = models.DateTimeField(null=True, blank=True)
    takes_at_once = models.BooleanField(default=False)
    attendance = models.CharField(_("attendance"), max_length=10, choices=Attendance)
    country = models.ForeignKey(
        Term, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("country")
    )
    answers = models.JSONField(default=list, blank=True)
    needs = models.TextField(_("what you need to take part"), blank=True)
    is_listed = models.BooleanField(default=False)
    reason = models.CharField(_("reason"), max_length=1000, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    code = models.CharField(max_length=20, unique=True, default=public_id)
    checked_in_at = models.DateTimeField(null=True, blank=True)
    checked_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        constraints = [
            models.UniqueConstraint(
                fields=["desk", "person"],
                condition=Q(state__in=LIVE),
                name="events_one_live_registration",
            ),
            models.UniqueConstraint(fields=["desk", "number"], name="events_number_once_a_desk"),
            models.CheckConstraint(
                condition=~Q(state=PlaceState.OFFERED) | Q(offer_until__isnull=False),
                name="events_offers_end",
            ),
        ]
        indexes = [
            models.Index(fields=["desk", "state", "number"], name="events_registrations_in_line"),
            models.Index(
                fields=["offer_until"], condition=Q(state=PlaceState.OFFERED), name="events_offers_due"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} at {self.desk_id}"

    @property
    def region_id(self) -> int | None:
        """The UN region of the country that she named. Wants ``country`` at hand."""
        return self.country.parent_id if self.country else None


class Reminder(models.Model):
    """A participant has been reminded: the row is the memory that nobody is reminded twice."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="reminders")
    occasion = models.CharField(max_length=10, choices=Occasion)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = [
            models.UniqueConstraint(fields=["registration", "occasion"], name="events_reminded_once")
        ]

    def __str__(self) -> str:
        return f"{self.registration_id}: {self.occasion}"
