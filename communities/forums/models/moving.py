"""Where posts stood before they went to another thread: a number once given leads to its post for ever."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from communities.forums.models.posts import Post
from communities.forums.models.threads import Thread


class MovedPost(models.Model):
    """``number`` of ``thread`` was given to ``post``, which stands elsewhere now; it is given to no other."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="moved_posts")
    number = models.PositiveIntegerField()
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="former_places")

    class Meta:
        verbose_name = _("former place of a post")
        verbose_name_plural = _("former places of posts")
        constraints = [models.UniqueConstraint(fields=["thread", "number"], name="forums_moved_once_a_place")]

    def __str__(self) -> str:
        return f"{self.thread_id}, {self.number}: {self.post_id}"
