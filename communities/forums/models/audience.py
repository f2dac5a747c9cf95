"""Proposals to let more people read, and what those who wrote say to them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.enums import Visibility
from communities.forums.enums import Audience
from communities.forums.models.forums import Forum


class Widening(models.Model):
    """Somebody who looks after a community proposes that more people may read it, or one forum of it.

    Each of those who wrote answers for herself; ``opens_at`` is the end of the time that they have for it
    before anything changes. Without ``forum`` it is about the whole community and ``visibility`` is what it
    would become.
    """

    community = models.ForeignKey("communities.Community", on_delete=models.CASCADE, related_name="widenings")
    forum = models.ForeignKey(
        Forum, on_delete=models.CASCADE, null=True, blank=True, related_name="widenings"
    )
    visibility = models.CharField(max_length=10, choices=Visibility, blank=True)
    reason = models.TextField(_("why more people should read"))
    proposed_at = models.DateTimeField(default=timezone.now)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    opens_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("proposal to widen the audience")
        verbose_name_plural = _("proposals to widen the audience")
        constraints = [
            models.UniqueConstraint(
                fields=["community"],
                condition=Q(done_at=None, withdrawn_at=None, forum=None),
                name="forums_one_open_widening",
            ),
            models.UniqueConstraint(
                fields=["forum"],
                condition=Q(done_at=None, withdrawn_at=None),
                name="forums_one_open_widening_a_forum",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.community_id}, {self.forum_id}: {self.wanted}"

    @property
    def is_open(self) -> bool:
        return self.done_at is None and self.withdrawn_at is None

    @property
    def is_done(self) -> bool:
        return self.done_at is not None

    @property
    def wanted(self) -> str:
        """The new circle of readers, in words."""
        return str(Visibility(self.visibility).label if self.visibility else Audience.COMMUNITY.label)


class WideningAnswer(models.Model):
    """What one of those who wrote says to a proposal; the last answer counts, earlier ones stay."""

    widening = models.ForeignKey(Widening, on_delete=models.CASCADE, related_name="answers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    agrees = models.BooleanField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("answer to a proposal")
        verbose_name_plural = _("answers to proposals")
        indexes = [models.Index(fields=["widening", "user", "-id"], name="forums_widening_answers")]

    def __str__(self) -> str:
        return f"{self.user_id} to {self.widening_id}: {self.agrees}"
