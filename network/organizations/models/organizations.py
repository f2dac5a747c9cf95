"""Organizations, who belongs to them, and who speaks for a Party."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.organizations.enums import FocalPointRole, Kind
from network.organizations.querysets import (
    AffiliationQuerySet,
    AlternateQuerySet,
    FocalPointQuerySet,
    OrganizationQuerySet,
)
from network.thesaurus.models import Term, in_language


class Organization(models.Model):
    """A body that people work for or with; ``name`` as it writes itself, ``names`` in other languages."""

    slug = models.SlugField(max_length=80, unique=True, allow_unicode=True)
    name = models.CharField(_("name"), max_length=200)
    acronym = models.CharField(_("acronym"), max_length=30, blank=True)
    names = models.JSONField(default=dict, blank=True)
    sort_name = models.CharField(max_length=200, editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.OTHER)
    country = models.ForeignKey(
        Term,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        limit_choices_to={"domain": "country"},
        related_name="organizations",
        verbose_name=_("country"),
    )
    website = models.URLField(_("website"), blank=True)
    description = models.TextField(_("description"), blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)
    #: Where its page leads, once somebody found that it is the same as another one.
    merged_into = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        indexes = [models.Index(fields=["sort_name", "id"], name="organizations_by_name")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("organizations:detail", args=[self.slug])

    @property
    def title(self) -> str:
        """The name in the reader's language, where the organization has one in it."""
        return in_language({**self.names, "en": self.names.get("en", self.name)}) if self.names else self.name


class Affiliation(models.Model):
    """Somebody says that she belongs to an organization; the organization may confirm it.

    Rows stay when the affiliation ends. An officer confirms others for her organization. ``from_profile``:
    it is what her profile says and ends when that says something else; one that she accepted of an officer
    does not.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="affiliations"
    )
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="affiliations")
    role = models.CharField(_("role"), max_length=150, blank=True)
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    officer_since = models.DateTimeField(null=True, blank=True)
    from_profile = models.BooleanField(default=True)

    objects = AffiliationQuerySet.as_manager()

    class Meta:
        verbose_name = _("affiliation")
        verbose_name_plural = _("affiliations")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organization"],
                condition=Q(until=None),
                name="organizations_one_open_affiliation",
            ),
            models.CheckConstraint(
                condition=Q(officer_since=None) | Q(confirmed_at__isnull=False),
                name="organizations_officers_are_confirmed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.organization_id}"


class FocalPoint(models.Model):
    """A Party has named somebody its focal point, from one day until another."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="focal_points")
    country = models.ForeignKey(
        Term,
        on_delete=models.PROTECT,
        limit_choices_to={"domain": "country"},
        related_name="focal_points",
        verbose_name=_("country"),
    )
    role = models.CharField(_("role"), max_length=20, choices=FocalPointRole.choices)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = FocalPointQuerySet.as_manager()

    class Meta:
        verbose_name = _("focal point")
        verbose_name_plural = _("focal points")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "country", "role"],
                condition=Q(until=None),
                name="organizations_focal_point_once",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="organizations_focal_point_dates"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.country_id}"


class Alternate(models.Model):
    """Whom a focal point has asked to answer in her place, until a day.

    ``email`` is what she typed, kept until there is an answer; ``person`` is whose account it is, or nobody.
    She is not told which, so that nobody learns here who has an account.
    """

    focal_point = models.ForeignKey(FocalPoint, on_delete=models.CASCADE, related_name="alternates")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="alternate_for"
    )
    email = models.EmailField(_("e-mail address"), blank=True)
    until = models.DateField(_("last day"))
    named_at = models.DateTimeField(default=timezone.now)
    accepted_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = AlternateQuerySet.as_manager()

    class Meta:
        verbose_name = _("alternate")
        verbose_name_plural = _("alternates")
        constraints = [
            models.UniqueConstraint(
                fields=["focal_point"], condition=Q(ended_at=None), name="organizations_one_open_alternate"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(person__isnull=False),
                name="organizations_somebody_accepts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} for {self.focal_point_id}"
