"""Position and biography in another language, by the person herself."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from network.experts.models.profiles import ExpertProfile


class ProfileTranslation(models.Model):
    """Who sees it is said by the fields that it translates."""

    profile = models.ForeignKey(ExpertProfile, on_delete=models.CASCADE, related_name="translations")
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    designation = models.CharField(_("position"), max_length=150, blank=True)
    biography = models.TextField(_("biography"), blank=True)

    class Meta:
        verbose_name = _("translation of a profile")
        verbose_name_plural = _("translations of profiles")
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "language"], name="experts_translation_once_a_language"
            )
        ]

    def __str__(self) -> str:
        return self.language
