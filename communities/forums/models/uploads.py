"""Files that somebody has chosen for a post which she has not sent yet."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.forums.models.posts import file_storage
from network.foundations.ids import public_id


def _key() -> str:
    return public_id(20)


class Upload(models.Model):
    """A file, made harmless already, for a reply to a thread or the first post of a thread in a forum.

    It waits beside her draft: a form that is refused, previewed or kept for later loses none of them. Sent,
    it becomes a ``PostFile``; what nobody sends is swept.
    """

    key = models.CharField(max_length=24, unique=True, default=_key)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="forum_uploads")
    thread = models.ForeignKey(
        "forums.Thread", on_delete=models.CASCADE, null=True, blank=True, related_name="uploads"
    )
    forum = models.ForeignKey(
        "forums.Forum", on_delete=models.CASCADE, null=True, blank=True, related_name="uploads"
    )
    file = models.FileField(storage=file_storage, upload_to="%Y/%m/", max_length=255)
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("chosen file")
        verbose_name_plural = _("chosen files")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(thread=None) ^ models.Q(forum=None), name="forums_upload_for_one_place"
            )
        ]

    def __str__(self) -> str:
        return self.name
