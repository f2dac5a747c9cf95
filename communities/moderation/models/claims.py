"""What members say of posts that were brought in from elsewhere: these are mine."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.moderation.enums import ClaimOutcome
from communities.moderation.querysets import ClaimQuerySet


class Claim(models.Model):
    """Somebody says that imported posts of an author nobody signs in as are her own, in one community.

    ``post`` is the one at which she said so; ``given`` holds the numbers of those that became hers.
    """

    community = models.ForeignKey("communities.Community", on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    post = models.ForeignKey("forums.Post", on_delete=models.SET_NULL, null=True, related_name="+")
    words = models.TextField(_("how moderators can tell"), max_length=2000)
    at = models.DateTimeField(default=timezone.now)
    given = models.JSONField(default=list, blank=True)
    outcome = models.CharField(max_length=10, choices=ClaimOutcome, blank=True)
    answer = models.TextField(_("reason"), blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("claim of imported posts")
        verbose_name_plural = _("claims of imported posts")
        constraints = [
            models.UniqueConstraint(
                fields=["community", "author", "by"],
                condition=Q(decided_at=None),
                name="moderation_claimed_once",
            )
        ]
        indexes = [
            models.Index(fields=["at"], condition=Q(decided_at=None), name="moderation_claims_waiting")
        ]

    def __str__(self) -> str:
        return f"{self.by_id} for {self.author_id}"
