"""What somebody wants to go to."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Going(models.Model):
    """A session in somebody's own agenda; found by keys that all translations of the page share."""

    event = models.UUIDField(editable=False)
    session = models.UUIDField(editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="agenda")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("session in somebody's agenda")
        verbose_name_plural = _("sessions in people's agendas")
        constraints = [
            models.UniqueConstraint(fields=["event", "session", "person"], name="events_going_once")
        ]

    def __str__(self) -> str:
        return str(self.session)
