"""That somebody took part, for others to verify."""

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from home.events.models.registration import Registration
from network.foundations.ids import verification_code


class AttendanceCertificate(models.Model):
    """Whoever was at an event may take one; the file is made from it whenever it is asked for.

    It stands as long as the list at the door says that she was there.
    """

    registration = models.OneToOneField(Registration, on_delete=models.CASCADE, related_name="certificate")
    code = models.CharField(max_length=14, unique=True, default=verification_code, editable=False)
    issued_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("certificate of attendance")
        verbose_name_plural = _("certificates of attendance")

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("events:certificate", args=[self.code])

    @property
    def stands(self) -> bool:
        return self.registration.checked_in_at is not None
