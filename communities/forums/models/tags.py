"""Tags: words by which threads of one community are found together."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communities.forums.querysets import TagQuerySet


class Tag(models.Model):
    """A word of a community as it was first written; ``key`` is what it shares with its other spellings."""

    community = models.ForeignKey("communities.Community", on_delete=models.CASCADE, related_name="tags")
    name = models.CharField(_("tag"), max_length=40)
    key = models.CharField(max_length=80)
    slug = models.SlugField(max_length=80, allow_unicode=True)

    objects = TagQuerySet.as_manager()

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        constraints = [
            models.UniqueConstraint(fields=["community", "key"], name="forums_tag_once_a_community"),
            models.UniqueConstraint(fields=["community", "slug"], name="forums_tag_address_once"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("forums:tag", args=[self.community.slug, self.slug])
