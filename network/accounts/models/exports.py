"""A person's copy of what is held about her."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.accounts.querysets import ExportQuerySet


class PersonalExport(models.Model):
    """One asked-for copy: waiting, ready for some days, then gone.

    The archive lies in the database and not among the files: whichever process made it, every
    process can hand it out, and none of it is ever within reach of a web server's file folder.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="personal_exports"
    )
    requested_at = models.DateTimeField(_("asked for"), default=timezone.now)
    ready_at = models.DateTimeField(_("ready"), null=True, blank=True)
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True)
    archive = models.BinaryField(_("archive"), null=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("copy of personal data")
        verbose_name_plural = _("copies of personal data")

    def __str__(self) -> str:
        return f"{self.person}: {self.requested_at:%Y-%m-%d %H:%M}"
