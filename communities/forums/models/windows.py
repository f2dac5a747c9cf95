"""What changes a window, and who waits for an answer."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Extension(models.Model):
    """A forum stays open for longer: from which close to which, why, and who said so. Written once."""

    forum = models.ForeignKey("forums.Forum", on_delete=models.CASCADE, related_name="extensions")
    was = models.DateTimeField()
    until = models.DateTimeField()
    reason = models.TextField(_("reason"))
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("extension")
        verbose_name_plural = _("extensions")
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__gt=models.F("was")), name="forums_extension_only_lengthens"
            )
        ]

    def __str__(self) -> str:
        return f"{self.forum_id} until {self.until:%Y-%m-%d}"


class Wanted(models.Model):
    """A person has the question of a thread too."""

    thread = models.ForeignKey("forums.Thread", on_delete=models.CASCADE, related_name="wanted")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="wanted_threads"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("question that others have too")
        verbose_name_plural = _("questions that others have too")
        constraints = [models.UniqueConstraint(fields=["thread", "user"], name="forums_wanted_once")]

    def __str__(self) -> str:
        return f"{self.user_id} wants {self.thread_id}"
