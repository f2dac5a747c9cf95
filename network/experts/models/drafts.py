"""What a person has begun to write in a section of her profile and not saved."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SectionDraft(models.Model):
    """The form as it was sent last, field by field, with the version of the section that it began from."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="profile_drafts"
    )
    section = models.CharField(max_length=40)
    fields = models.JSONField(_("text"), default=dict)
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("draft of a profile")
        verbose_name_plural = _("drafts of profiles")
        constraints = [
            models.UniqueConstraint(fields=["user", "section"], name="experts_one_draft_a_section")
        ]
        indexes = [models.Index(fields=["updated_at"], name="experts_drafts_by_age")]

    def __str__(self) -> str:
        return self.section
