"""What the people of a stall show at a knowledge fair, when they are there, and what visitors ask them.

The stall itself is a line that an editor writes on the fair's page. All that its own people write stands
here, so that publishing the page again never overwrites it.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from home.events.enums import HourKind
from home.events.models.pages import Stall
from home.events.querysets import VisitorQuestionQuerySet

#: How long the story of a stall of a people or community is shown again once they say so after the fair.
RENEWED_FOR = timedelta(days=365)


class Booth(models.Model):
    """The story of a stall, by its own people.

    Where it shows what belongs to an indigenous people or a local community (``of_people``), it is not shown
    after the fair unless they renew it: ``shown_until`` is when it ends. None: as long as the fair's page.
    """

    stall = models.OneToOneField(Stall, on_delete=models.CASCADE, related_name="booth")
    story = models.TextField(_("what we show"), blank=True)
    of_people = models.BooleanField(
        _("it shows what belongs to an indigenous people or a local community"), default=False
    )
    shown_until = models.DateTimeField(null=True, blank=True, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("story of a stall")
        verbose_name_plural = _("stories of stalls")

    def __str__(self) -> str:
        return str(self.stall_id)

    def is_shown(self, at: datetime) -> bool:
        return self.shown_until is None or at < self.shown_until


class StallHour(models.Model):
    """A time at which people of the stall are there; of a talk, one visitor may have it for herself."""

    stall = models.ForeignKey(Stall, on_delete=models.CASCADE, related_name="hours")
    kind = models.CharField(_("kind"), max_length=10, choices=HourKind, default=HourKind.OPEN)
    starts_at = models.DateTimeField(_("from"))
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), default=60, validators=[MinValueValidator(5), MaxValueValidator(720)]
    )
    visitor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="stall_talks"
    )
    booked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("hour at a stall")
        verbose_name_plural = _("hours at stalls")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["stall", "starts_at", "kind"], name="events_stall_hour_once"),
            models.CheckConstraint(
                condition=Q(visitor=None) | Q(kind=HourKind.TALK), name="events_only_talks_are_booked"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stall_id}: {self.starts_at}"

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)


class VisitorQuestion(models.Model):
    """A visitor asks, the people of the stall answer, everybody who sees the stall reads both.

    ``hidden_at``: its people or an editor took it off; then only the visitor and they see it.
    """

    stall = models.ForeignKey(Stall, on_delete=models.CASCADE, related_name="questions")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="stall_questions"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    text = models.TextField(_("question"))
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = VisitorQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question at a stall")
        verbose_name_plural = _("questions at stalls")
        indexes = [models.Index(fields=["stall", "-id"], name="events_stall_questions")]

    def __str__(self) -> str:
        return f"{self.stall_id}: {self.pk}"
