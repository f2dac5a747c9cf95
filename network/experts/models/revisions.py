"""What a person changed in her own profile, and what stood there before."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.experts.models.profiles import ExpertProfile


class Revision(models.Model):
    """One saving of one section. Only the person sees it, and can throw all of it away."""

    profile = models.ForeignKey(ExpertProfile, on_delete=models.CASCADE, related_name="revisions")
    section = models.CharField(max_length=40)
    before = models.JSONField(_("before"))
    after = models.JSONField(_("after"))
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("change of a profile")
        verbose_name_plural = _("changes of profiles")
        indexes = [models.Index(fields=["profile", "-id"], name="experts_changes_of")]

    def __str__(self) -> str:
        return self.section
