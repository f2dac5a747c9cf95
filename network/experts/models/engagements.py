"""Roles that a person has served in, and training that she has given."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from network.experts.enums import EngagementKind
from network.experts.models.profiles import ExpertProfile


class Engagement(models.Model):
    """One line of a list, in the order in which its person wrote them."""

    profile = models.ForeignKey(ExpertProfile, on_delete=models.CASCADE, related_name="engagements")
    kind = models.CharField(max_length=10, choices=EngagementKind.choices)
    title = models.CharField(_("title"), max_length=200)
    body = models.CharField(_("body or place"), max_length=200, blank=True)
    since = models.PositiveSmallIntegerField(_("from"), null=True, blank=True)
    until = models.PositiveSmallIntegerField(_("until"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("role or training")
        verbose_name_plural = _("roles and trainings")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title
