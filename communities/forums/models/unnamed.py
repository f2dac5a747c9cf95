"""Who wrote what stands without a name."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from communities.forums.models.posts import Post


class Unnamed(models.Model):
    """The author of a post that was written without a name: the only row that knows her.

    The post itself has no author, so that nothing which reads posts can tell. Who reads this table: the deeds
    that count her posts as hers, her own copy of her data, and moderators by an act that is logged.
    """

    post = models.OneToOneField(Post, on_delete=models.CASCADE, related_name="unnamed")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("post without a name")
        verbose_name_plural = _("posts without a name")

    def __str__(self) -> str:
        return f"{self.post_id}"
