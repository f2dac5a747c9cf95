"""By what one notices that somebody is here twice."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.experts.models.profiles import ExpertProfile


class NameKey(models.Model):
    """A name of a person, its words folded and in order, in whatever script."""

    profile = models.ForeignKey(ExpertProfile, on_delete=models.CASCADE, related_name="name_keys")
    key = models.CharField(max_length=150)

    class Meta:
        verbose_name = _("key of a name")
        verbose_name_plural = _("keys of names")
        constraints = [models.UniqueConstraint(fields=["key", "profile"], name="experts_name_key_once")]

    def __str__(self) -> str:
        return self.key


class TwoPeople(models.Model):
    """Somebody looked at two who seemed to be one: they are two. The smaller number stands first."""

    one = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("pair of different people")
        verbose_name_plural = _("pairs of different people")
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="experts_two_people_once"),
            models.CheckConstraint(
                condition=models.Q(one__lt=models.F("other")), name="experts_two_people_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one_id}, {self.other_id}"
