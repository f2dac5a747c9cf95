"""What lets a person's program in."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.accounts.querysets import ProgramKeyQuerySet


class ProgramKey(models.Model):
    """A key that a person made for a program: it reads what she may read, as data, until it ends.

    Only a digest is kept: the key is random and long, so that no salt is needed to find it again.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="program_keys"
    )
    name = models.CharField(_("name"), max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    ends_at = models.DateTimeField(_("ends"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    last_used_on = models.DateField(_("last used"), null=True, blank=True)

    objects = ProgramKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("key for a program")
        verbose_name_plural = _("keys for programs")

    def __str__(self) -> str:
        return f"key {self.pk} of {self.person_id}"

    @property
    def is_in_force(self) -> bool:
        return self.revoked_at is None and self.ends_at > timezone.now()
