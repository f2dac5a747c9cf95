"""Who vouches for whom: as what, on which subjects, from when until when."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.experts.enums import Capacity, Ending
from network.experts.trusted import EndorsementQuerySet
from network.organizations.models import Organization
from network.thesaurus.models import Term


class Endorsement(models.Model):
    """A Party or an organization says that somebody is what she says she is.

    Nobody but the two of them knows of it before the person has accepted it. It ends with its last day, or
    when it is withdrawn, with a reason, or declined.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="endorsements"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    capacity = models.CharField(max_length=12, choices=Capacity.choices)
    country = models.ForeignKey(Term, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    organization = models.ForeignKey(
        Organization, on_delete=models.CASCADE, null=True, blank=True, related_name="endorsements"
    )
    role = models.CharField(_("as what"), max_length=150)
    scope = models.ManyToManyField(Term, blank=True, related_name="+", verbose_name=_("subjects"))
    since = models.DateField(_("first day"), default=timezone.localdate)
    until = models.DateField(_("last day"))
    made_at = models.DateTimeField(default=timezone.now)
    accepted_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    ending = models.CharField(max_length=10, choices=Ending.choices, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects = EndorsementQuerySet.as_manager()

    class Meta:
        verbose_name = _("endorsement")
        verbose_name_plural = _("endorsements")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "country"], condition=Q(ended_at=None), name="experts_one_open_of_a_party"
            ),
            models.UniqueConstraint(
                fields=["person", "organization"],
                condition=Q(ended_at=None),
                name="experts_one_open_of_an_office",
            ),
            models.CheckConstraint(
                condition=Q(country=None, organization__isnull=False)
                | Q(country__isnull=False, organization=None),
                name="experts_endorsed_in_one_name",
            ),
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="experts_endorsed_dates"),
            models.CheckConstraint(
                condition=Q(by=None) | ~Q(by=F("person")), name="experts_nobody_endorses_herself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} by {self.country_id or self.organization_id}"

    @property
    def in_name_of(self) -> str:
        """The Party or the organization, in the reader's language."""
        return self.country.name if self.country else self.organization.title if self.organization else ""

    @property
    def stands(self) -> bool:
        """Whether others may know of it today."""
        accepted = self.accepted_at is not None and self.ended_at is None
        return accepted and self.since <= timezone.localdate() <= self.until
