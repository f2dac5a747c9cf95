"""What members say of posts, the log of what moderators did, and appeals against that."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.enums import Act
from communities.moderation.enums import AppealOutcome, Outcome, ReportReason
from communities.moderation.querysets import AppealQuerySet, LogQuerySet, ReportQuerySet


class Report(models.Model):
    """A member says that something is wrong with exactly this text of this post.

    ``weight`` is what it counts where many reports hide a post until somebody decides.
    """

    post = models.ForeignKey("forums.Post", on_delete=models.CASCADE, related_name="reports")
    version = models.PositiveIntegerField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="post_reports"
    )
    reason = models.CharField(_("what is wrong"), max_length=12, choices=ReportReason)
    note = models.TextField(_("in your words"), blank=True, max_length=2000)
    weight = models.PositiveSmallIntegerField(default=2)
    at = models.DateTimeField(default=timezone.now)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    answer = models.TextField(_("reason"), blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [
            models.UniqueConstraint(
                fields=["post", "by"], condition=Q(decided_at=None), name="moderation_reported_once"
            )
        ]
        indexes = [models.Index(fields=["at"], condition=Q(decided_at=None), name="moderation_waiting")]

    def __str__(self) -> str:
        return f"{self.post_id}: {self.reason}"


class ModerationLogEntry(models.Model):
    """What was done, when, by whom: ids and codes only, never changed, never deleted.

    ``actor`` and ``concerns`` are the pseudonyms that people carry (``User.actor_id``): erasing a person
    breaks the link and leaves the log whole. Words stand in ``ModerationReason``, which can be erased.
    """

    community_id = models.BigIntegerField(db_index=True)
    act = models.CharField(max_length=30, choices=Act)
    actor = models.UUIDField()
    target_kind = models.CharField(max_length=20)
    target_id = models.BigIntegerField()
    concerns = models.UUIDField(null=True, blank=True)
    at = models.DateTimeField(default=timezone.now)

    objects = LogQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry in the moderation log")
        verbose_name_plural = _("moderation log")
        indexes = [models.Index(fields=["community_id", "-id"], name="moderation_log_in_order")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.act}"


class ModerationReason(models.Model):
    """Why something was done, in the moderator's words; ``entry_id`` is the number of the entry."""

    entry_id = models.BigIntegerField(primary_key=True)
    text = models.TextField(_("reason"))

    class Meta:
        verbose_name = _("reason of an act")
        verbose_name_plural = _("reasons of acts")

    def __str__(self) -> str:
        return self.text[:80]


class Appeal(models.Model):
    """Somebody asks another moderator to look again at what was decided about her: once for each act.

    ``entry_id`` is the number of the entry in the log, ``actor`` the pseudonym of whoever decided.
    """

    community = models.ForeignKey("communities.Community", on_delete=models.CASCADE, related_name="appeals")
    entry_id = models.BigIntegerField(unique=True)
    act = models.CharField(max_length=30, choices=Act)
    actor = models.UUIDField()
    post = models.ForeignKey(
        "forums.Post", on_delete=models.CASCADE, null=True, blank=True, related_name="appeals"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="moderation_appeals"
    )
    words = models.TextField(_("why you ask for another look"), max_length=2000)
    at = models.DateTimeField(default=timezone.now)
    outcome = models.CharField(max_length=10, choices=AppealOutcome, blank=True)
    answer = models.TextField(_("reason"), blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = AppealQuerySet.as_manager()

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        indexes = [
            models.Index(fields=["at"], condition=Q(decided_at=None), name="moderation_appeals_waiting")
        ]

    def __str__(self) -> str:
        return f"{self.by_id} against {self.entry_id}"

    @property
    def is_unnamed(self) -> bool:
        """Whether it is about a post without a name: whoever decides is not told by whom it is either."""
        return self.post is not None and self.post.participant is not None

    @property
    def named(self) -> int | None:
        """Who appealed, as far as it may be told."""
        return None if self.is_unnamed else self.by_id


class ModNote(models.Model):
    """What moderators of a community tell one another about a member."""

    community = models.ForeignKey("communities.Community", on_delete=models.CASCADE, related_name="mod_notes")
    about = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mod_notes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    text = models.TextField(_("note"), max_length=2000)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("note of moderators")
        verbose_name_plural = _("notes of moderators")
        indexes = [models.Index(fields=["community", "about"], name="moderation_notes_about")]

    def __str__(self) -> str:
        return f"{self.about_id} in {self.community_id}"
