"""How moderators share the work: looks, moves that can be taken back, times away, ready-made reasons."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Look(models.Model):
    """Somebody is looking at this case now; it says so for a few minutes, and keeps nobody from deciding."""

    kind = models.CharField(max_length=20)
    target_id = models.BigIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("look at a case")
        verbose_name_plural = _("looks at cases")
        constraints = [
            models.UniqueConstraint(fields=["kind", "target_id"], name="moderation_looked_at_once")
        ]

    def __str__(self) -> str:
        return f"{self.by_id} at {self.kind} {self.target_id}"


class Move(models.Model):
    """What one press of a button decided, as pairs of kind and number, so that it can be taken back."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    verb = models.CharField(max_length=20)
    cases = models.JSONField(default=list)
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("move")
        verbose_name_plural = _("moves")
        indexes = [models.Index(fields=["by", "-at"], name="moderation_moves_of")]

    def __str__(self) -> str:
        return f"{self.by_id}: {self.verb}"


class MailedDecision(models.Model):
    """An address of a mail by which somebody has decided, as its digest: no second decision by the same."""

    digest = models.CharField(max_length=64, unique=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("decision by mail")
        verbose_name_plural = _("decisions by mail")

    def __str__(self) -> str:
        return self.digest[:12]


class Away(models.Model):
    """A moderator hands over for a while: until when, and what others should know."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    until = models.DateTimeField()
    note = models.CharField(_("what others should know"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("time away")
        verbose_name_plural = _("times away")

    def __str__(self) -> str:
        return f"{self.user_id} until {self.until:%Y-%m-%d %H:%M}"


class CannedReason(models.Model):
    """A reason that is written once, in several languages: of one community, or of the whole site."""

    community = models.ForeignKey(
        "communities.Community",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="canned_reasons",
    )
    created_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("ready-made reason")
        verbose_name_plural = _("ready-made reasons")

    def __str__(self) -> str:
        return str(self.pk)


class CannedText(models.Model):
    """A ready-made reason in one language."""

    reason = models.ForeignKey(CannedReason, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    title = models.CharField(_("in a word"), max_length=60)
    text = models.TextField(_("reason"), max_length=1000)

    class Meta:
        verbose_name = _("text of a ready-made reason")
        verbose_name_plural = _("texts of ready-made reasons")
        constraints = [
            models.UniqueConstraint(fields=["reason", "language"], name="moderation_said_once_a_language")
        ]

    def __str__(self) -> str:
        return self.title
