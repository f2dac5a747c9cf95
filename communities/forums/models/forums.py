"""Forums: rooms of a community with their own threads."""

from datetime import datetime

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.forums.enums import (
    Attribution,
    Audience,
    ForumKind,
    Phase,
)
from communities.forums.querysets import ForumQuerySet
from communities.forums.windows import Window, is_writable, next_opening, phase
from network.foundations.addresses import address


class Forum(models.Model):
    """A room of a community with its own threads.

    It has a window where ``opens_at`` and ``closes_at`` are set (always both): nobody writes outside it.
    ``final_call_for`` is the close before which members were told last that it comes.
    """

    community = models.ForeignKey("communities.Community", on_delete=models.CASCADE, related_name="forums")
    slug = models.SlugField(_("address"), max_length=80, allow_unicode=True)
    title = models.CharField(_("title"), max_length=120)
    description = models.CharField(
        _("description"),
        max_length=300,
        blank=True,
        help_text=_("What belongs here, in one or two sentences."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    audience = models.CharField(
        _("who may read"), max_length=10, choices=Audience, default=Audience.COMMUNITY
    )
    kind = models.CharField(_("kind"), max_length=13, choices=ForumKind, default=ForumKind.DISCUSSION)
    takes_replies = models.BooleanField(
        _("members reply to announcements"),
        default=True,
        help_text=_("Counts in a forum of announcements only."),
    )
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    zone = models.CharField(_("official time zone"), max_length=64, default="UTC")
    pauses_at_weekends = models.BooleanField(_("pauses at weekends"), default=False)
    final_call_days = models.PositiveSmallIntegerField(_("days of the final call"), default=0)
    final_call_for = models.DateTimeField(null=True, blank=True)
    summary_url = models.URLField(_("address of the summary"), max_length=500, blank=True)
    takes_unnamed = models.BooleanField(
        _("posts may be anonymous"),
        default=False,
        help_text=_(
            "Whoever writes may do so without her name. Moderators of the community can look up who it was, "
            "and that is logged. Once somebody has used it, it stays."
        ),
    )
    attribution = models.CharField(
        _("what proceedings say of those who contributed"),
        max_length=8,
        choices=Attribution,
        default=Attribution.CAPACITY,
        help_text=_("Counts in a consultation only, and stays as it is once that has opened."),
    )
    correction_days = models.PositiveSmallIntegerField(
        _("working days for corrections"),
        default=5,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text=_("So long those who are quoted may correct the draft of a summary of a consultation."),
    )
    next_thread_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When the next thread appears that has a time of its own.")
    )
    created_at = models.DateTimeField(default=timezone.now)
    thread_count = models.PositiveIntegerField(default=0)
    post_count = models.PositiveIntegerField(default=0)
    last_posted_at = models.DateTimeField(null=True, blank=True)
    last_thread = models.ForeignKey(
        "forums.Thread", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = ForumQuerySet.as_manager()

    class Meta:
        verbose_name = _("forum")
        verbose_name_plural = _("forums")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["community", "slug"], name="forums_address_once_a_community"),
            models.CheckConstraint(
                condition=Q(opens_at=None, closes_at=None)
                | Q(opens_at__isnull=False, closes_at__isnull=False, closes_at__gt=F("opens_at")),
                name="forums_window_has_both_ends",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address("forums:forum", self.community.slug, self.slug)

    @property
    def is_questions(self) -> bool:
        return self.kind == ForumKind.QUESTIONS

    @property
    def is_announcements(self) -> bool:
        return self.kind == ForumKind.ANNOUNCEMENTS

    @property
    def is_consultation(self) -> bool:
        return self.kind == ForumKind.CONSULTATION

    @property
    def has_begun(self) -> bool:
        """It has opened; without a window, somebody has written in it."""
        if self.window:
            return self.phase != Phase.ANNOUNCED
        return self.thread_count > 0

    @property
    def is_one_way(self) -> bool:
        """Announcements that nobody replies to."""
        return self.is_announcements and not self.takes_replies

    @property
    def window(self) -> Window | None:
        if self.opens_at is None or self.closes_at is None:
            return None
        return Window(
            opens_at=self.opens_at,
            closes_at=self.closes_at,
            zone=self.zone,
            pauses=self.pauses_at_weekends,
            final_days=self.final_call_days,
            is_summarised=bool(self.summary_url),
        )

    @property
    def phase(self) -> Phase | None:
        """Where its window stands now; None without one."""
        return phase(self.window, timezone.now()) if self.window else None

    @property
    def goes_on_at(self) -> datetime | None:
        """While it pauses: when people write again."""
        return next_opening(self.window, timezone.now()) if self.window else None

    @property
    def is_writable(self) -> bool:
        """Whether the clock lets people write here now."""
        return is_writable(self.window, timezone.now())
