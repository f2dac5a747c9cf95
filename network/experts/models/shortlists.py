"""Shortlists: people whom somebody keeps together for a purpose, alone or with colleagues."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.experts.enums import ShareRole
from network.experts.models.profiles import ExpertProfile
from network.experts.querysets import ShortlistQuerySet
from network.foundations.ids import public_id


class Shortlist(models.Model):
    """Its owner alone shares and deletes it. Nobody who stands on it is told."""

    key = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="shortlists")
    name = models.CharField(_("name"), max_length=120)
    purpose = models.CharField(_("purpose"), max_length=500, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    objects = ShortlistQuerySet.as_manager()

    class Meta:
        verbose_name = _("shortlist")
        verbose_name_plural = _("shortlists")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("experts:shortlist", args=[self.key])


class ShortlistShare(models.Model):
    """A colleague who sees the list or works on it.

    ``email`` is what the owner typed; ``person`` is whose account it is, or nobody. The owner is not told
    which, so that nobody learns here who has an account.
    """

    shortlist = models.ForeignKey(Shortlist, on_delete=models.CASCADE, related_name="shares")
    email = models.EmailField(_("e-mail address"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="shared_shortlists",
    )
    role = models.CharField(_("may"), max_length=10, choices=ShareRole.choices, default=ShareRole.VIEW)
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("share of a shortlist")
        verbose_name_plural = _("shares of shortlists")
        constraints = [
            models.UniqueConstraint(fields=["shortlist", "email"], name="experts_shared_once_an_address")
        ]

    def __str__(self) -> str:
        return f"{self.shortlist_id}: {self.role}"


class ShortlistEntry(models.Model):
    """A person on a list, with what those who work on it note about her."""

    shortlist = models.ForeignKey(Shortlist, on_delete=models.CASCADE, related_name="entries")
    profile = models.ForeignKey(ExpertProfile, on_delete=models.CASCADE, related_name="shortlisted")
    note = models.TextField(_("note"), blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    added_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("person on a shortlist")
        verbose_name_plural = _("people on shortlists")
        constraints = [
            models.UniqueConstraint(fields=["shortlist", "profile"], name="experts_once_a_shortlist")
        ]

    def __str__(self) -> str:
        return f"{self.profile_id} on {self.shortlist_id}"
