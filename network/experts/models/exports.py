"""Lists of people that somebody has taken out, and who stood on them."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.experts.enums import ExportFormat
from network.experts.querysets import ExportQuerySet


class DirectoryExport(models.Model):
    """Asked for with a purpose, made, fetched within a day; that it was made stays in the log.

    ``asked`` is the part of an address that narrowed the directory, or the key of a shortlist. The file is
    kept in the database, so that whichever process made it every process can hand it out.
    """

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="directory_exports"
    )
    format = models.CharField(_("format"), max_length=10, choices=ExportFormat.choices)
    purpose = models.CharField(_("purpose"), max_length=500)
    asked = models.CharField(max_length=2000, blank=True)
    number = models.PositiveIntegerField(_("people"), default=0)
    asked_at = models.DateTimeField(default=timezone.now)
    ready_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    file = models.BinaryField(null=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("export of the directory")
        verbose_name_plural = _("exports of the directory")
        indexes = [models.Index(fields=["by", "-asked_at"], name="experts_exports_of")]

    def __str__(self) -> str:
        return f"{self.format} {self.asked_at:%Y-%m-%d}"


class ExportedPerson(models.Model):
    """Somebody was part of an export: for herself to read."""

    export = models.ForeignKey(DirectoryExport, on_delete=models.CASCADE, related_name="people")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("person in an export")
        verbose_name_plural = _("people in exports")
        constraints = [models.UniqueConstraint(fields=["person", "export"], name="experts_once_an_export")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.export_id}"
