"""What a person tells others about her work, and whom she tells it."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from taggit.models import TaggedItemBase

from network.experts.enums import DEFAULT_VISIBILITY, TERM_FIELDS, Facet, Field, Level, State, Visibility
from network.experts.models.availability import Availability
from network.experts.models.descriptions import SelfDescription
from network.experts.querysets import FacetQuerySet, ProfileQuerySet
from network.foundations.ids import public_id
from network.organizations.models import Organization
from network.thesaurus.models import Term


class TaggedProfile(TaggedItemBase):
    """A keyword of a profile."""

    content_object = models.ForeignKey("ExpertProfile", on_delete=models.CASCADE, related_name="tagged")

    class Meta:
        verbose_name = _("keyword of a profile")
        verbose_name_plural = _("keywords of profiles")
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="experts_tag_once_a_profile")
        ]


class ExpertProfile(Availability, SelfDescription, models.Model):
    """One person's profile. Her name is the account's; e-mail addresses are never part of it.

    ``visibility`` holds the levels that differ from the defaults; ``name_visibility`` is the widest any
    field reaches and stands in a column because every list asks for it.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="expert_profile"
    )
    slug = models.SlugField(max_length=80, unique=True, allow_unicode=True, default=public_id)
    sort_name = models.CharField(max_length=150, blank=True, editable=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    other_names = models.JSONField(_("name in other scripts"), default=list, blank=True)
    designation = models.CharField(_("position"), max_length=150, blank=True)
    department = models.CharField(_("department"), max_length=200, blank=True)
    affiliation = models.CharField(_("affiliation"), max_length=200, blank=True)
    organization = models.ForeignKey(
        Organization,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="profiles",
        verbose_name=_("organization"),
    )
    country = models.ForeignKey(
        Term,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        limit_choices_to={"domain": "country"},
        related_name="+",
        verbose_name=_("country"),
    )
    biography = models.TextField(_("biography"), blank=True)
    #: In which language position and biography are written; empty: not said.
    language = models.CharField(_("language of the text"), max_length=10, blank=True)
    website = models.URLField(_("website"), blank=True)
    orcid = models.CharField(_("ORCID iD"), max_length=19, blank=True)
    photo_key = models.CharField(max_length=20, blank=True)
    visibility = models.JSONField(default=dict, blank=True)
    name_visibility = models.PositiveSmallIntegerField(
        choices=Visibility.choices, default=DEFAULT_VISIBILITY[Field.NAME]
    )
    #: The endorsement that cards show: the one that stands longest. Kept by ``actions.endorsements``.
    endorsement = models.ForeignKey(
        "Endorsement", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True, blank=True)

    tags = TaggableManager(_("keywords"), through=TaggedProfile, blank=True)

    objects = ProfileQuerySet.as_manager()

    class Meta:
        verbose_name = _("profile")
        verbose_name_plural = _("profiles")
        indexes = [
            models.Index(fields=["state", "name_visibility", "sort_name"], name="experts_by_name"),
            models.Index(fields=["state", "name_visibility", "-updated_at"], name="experts_by_change"),
            models.Index(fields=["photo_key"], name="experts_by_photo"),
        ]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        return reverse("experts:detail", args=[self.slug])

    def chosen(self, field: str) -> Visibility:
        """The level that the person chose for ``field``."""
        if field == Field.NAME:
            return Visibility(self.name_visibility)
        return Visibility(self.visibility.get(field, DEFAULT_VISIBILITY[field]))

    def level(self, field: str) -> Visibility:
        """The level that holds: nothing reaches further than the name."""
        return min(self.chosen(field), self.chosen(Field.NAME))


class ProfileTerm(models.Model):
    """A term in one of the profile's lists: a language, a subject, a target, a country worked in."""

    profile = models.ForeignKey(ExpertProfile, on_delete=models.CASCADE, related_name="terms")
    field = models.CharField(max_length=12, choices=[(name, Field(name).label) for name in TERM_FIELDS])
    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(_("level"), max_length=10, choices=Level.choices, blank=True)
    years = models.PositiveSmallIntegerField(_("years"), null=True, blank=True)
    evidence = models.CharField(_("evidence"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("term of a profile")
        verbose_name_plural = _("terms of profiles")
        constraints = [
            models.UniqueConstraint(fields=["profile", "field", "term"], name="experts_term_once_a_field")
        ]

    def __str__(self) -> str:
        return f"{self.field}: {self.term_id}"


class ProfileFacet(models.Model):
    """By what a profile is found and counted, and by whom: rebuilt whenever the profile is saved.

    ``value`` is the number of a term, a keyword or an organization. There are rows for published
    profiles only.
    """

    profile = models.ForeignKey(ExpertProfile, on_delete=models.CASCADE, related_name="facets")
    facet = models.CharField(max_length=12, choices=Facet.choices)
    value = models.BigIntegerField()
    visibility = models.PositiveSmallIntegerField(choices=Visibility.choices)

    objects = FacetQuerySet.as_manager()

    class Meta:
        verbose_name = _("facet of a profile")
        verbose_name_plural = _("facets of profiles")
        constraints = [
            models.UniqueConstraint(fields=["profile", "facet", "value"], name="experts_facet_once_a_profile")
        ]
        # Whoever has a value, and the values of those found, are read from an index alone.
        indexes = [
            models.Index(fields=["facet", "value", "visibility", "profile"], name="experts_by_facet_held"),
            models.Index(fields=["profile", "visibility", "facet", "value"], name="experts_facets_counted"),
        ]

    def __str__(self) -> str:
        return f"{self.facet}: {self.value}"


class Circle(models.Model):
    """A key that those hold who are in the same company as the profile's person."""

    profile = models.ForeignKey(ExpertProfile, on_delete=models.CASCADE, related_name="circles")
    key = models.CharField(max_length=100)

    class Meta:
        verbose_name = _("circle")
        verbose_name_plural = _("circles")
        constraints = [
            models.UniqueConstraint(fields=["key", "profile"], name="experts_circle_once_a_profile")
        ]

    def __str__(self) -> str:
        return self.key
