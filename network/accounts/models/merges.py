"""Two accounts of one person became one."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

#: How long it can be undone.
UNDO_DAYS = 30


def _undo_end() -> datetime:
    return timezone.now() + timedelta(days=UNDO_DAYS)


class PersonMerge(models.Model):
    """What was moved from ``gone`` to ``kept``, so that it can be moved back until ``undo_until``.

    ``changes`` is what ``foundations.merging`` noted; it is thrown away when that time is over. ``reason`` is
    an administrator's; a person who merges her own accounts gives none. ``moved`` counts rows by their kind.
    """

    gone = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kept = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="merges")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    at = models.DateTimeField(_("merged"), default=timezone.now)
    undo_until = models.DateTimeField(default=_undo_end)
    changes = models.JSONField(default=list)
    moved = models.PositiveIntegerField(default=0)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("merge of accounts")
        verbose_name_plural = _("merges of accounts")
        constraints = [
            models.CheckConstraint(condition=~Q(gone=F("kept")), name="accounts_merge_of_two"),
            models.UniqueConstraint(
                fields=["gone"], condition=Q(undone_at=None), name="accounts_merged_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gone_id} into {self.kept_id}"

    @property
    def can_be_undone(self) -> bool:
        return self.undone_at is None and self.undo_until > timezone.now()
