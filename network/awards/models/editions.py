"""Editions of the award, nominations and laureates."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import DraftStateMixin, LockableMixin, RevisionMixin, Workflow, WorkflowMixin

from network.awards.enums import Category, Criterion, Medal, QuestionKind, SupportKind
from network.awards.querysets import EditionQuerySet, LaureateQuerySet, NominationQuerySet
from network.calls.models import Call, Case
from network.organizations.models import Organization
from network.thesaurus.models import Term, in_language

LANGUAGES = list(settings.LANGUAGES)


class Edition(models.Model):
    """One round of the award. Its length is data: yearly, for a meeting of the Parties, any.

    Past editions that were run elsewhere have laureates and no call.
    """

    slug = models.SlugField(max_length=60, unique=True)
    names = models.JSONField(_("names"), help_text=_("Language code to name."))
    place = models.CharField(_("place of the ceremony"), max_length=120, blank=True)
    held_on = models.DateField(_("day of the ceremony"), null=True, blank=True)
    year = models.PositiveSmallIntegerField(_("year"))
    source = models.CharField(_("source of the results"), max_length=300, blank=True)
    call = models.OneToOneField(Call, on_delete=models.PROTECT, null=True, blank=True, related_name="edition")
    workflow = models.OneToOneField(
        Workflow, on_delete=models.PROTECT, null=True, blank=True, related_name="edition"
    )

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition of the award")
        verbose_name_plural = _("editions of the award")
        ordering = ["-year", "-id"]

    def __str__(self) -> str:
        return in_language(self.names)

    def get_absolute_url(self) -> str:
        return reverse("awards:edition", args=[self.slug])

    @property
    def name(self) -> str:
        return in_language(self.names)


def _answer(criterion: Criterion) -> models.TextField:
    return models.TextField(criterion.label, max_length=6000, blank=True, help_text=criterion.question)


class Nomination(WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, models.Model):
    """The questionnaire of a national clearing-house: words only.

    No outcome, no score and no stage stands here: publishing an older revision would put an old
    value back. Those facts are rows of ``network.calls``; Wagtail's workflow only shows the way.
    """

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="nomination", editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="nominations", editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    based_on = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, editable=False, related_name="+",
        help_text=_("The nomination of an earlier edition that it was filled in from: the baseline."),
    )  # fmt: skip
    language = models.CharField(_("language of the answers"), max_length=10, choices=LANGUAGES, default="en")
    category = models.CharField(_("category"), max_length=10, choices=Category, default=Category.EXISTING)
    site_name = models.CharField(_("name of the clearing-house"), max_length=200, blank=True)
    site_url = models.URLField(_("its address on the web"), max_length=300, blank=True)
    content = _answer(Criterion.CONTENT)
    services = _answer(Criterion.SERVICES)
    layout = _answer(Criterion.LAYOUT)
    visibility = _answer(Criterion.VISIBILITY)
    management = _answer(Criterion.MANAGEMENT)
    governance = _answer(Criterion.GOVERNANCE)
    progress = models.TextField(
        _("Progress"),
        max_length=6000,
        blank=True,
        help_text=_("What has changed since the last edition? Progress is what the award recognises."),
    )

    links = models.TextField(
        _("Pages that show it"),
        max_length=3000,
        blank=True,
        help_text=_("Up to ten addresses, one on each line. What they show is kept beside your answers."),
    )

    more = models.JSONField(
        default=dict, editable=False,
        help_text=_("Code of a question of this edition to its answer, and to which version that is given."),
    )  # fmt: skip

    objects = NominationQuerySet.as_manager()

    panels = [
        MultiFieldPanel(
            [FieldPanel("category"), FieldPanel("site_name"), FieldPanel("site_url")], heading=_("Nominee")
        ),
        MultiFieldPanel([FieldPanel(criterion.value) for criterion in Criterion], heading=_("Questionnaire")),
        FieldPanel("progress"),
        FieldPanel("links"),
        FieldPanel("language"),
    ]

    class Meta:
        verbose_name = _("nomination")
        verbose_name_plural = _("nominations")

    def __str__(self) -> str:
        return f"{self.case.party}: {self.site_name}" if self.site_name else str(self.case.party)

    def get_absolute_url(self) -> str:
        return reverse("awards:nomination", args=[self.edition.slug, self.case.public_id])

    def get_workflow(self) -> Workflow | None:
        """The edition's own workflow, frozen with it; never one that hangs on the content type."""
        return self.edition.workflow

    @property
    def addresses(self) -> list[str]:
        """Every address that the nominator gives, her site first; nothing else is ever looked at."""
        asked = self.edition.call.rules.get("questions", []) if self.edition.call else []
        linked = [one["code"] for one in asked if one["kind"] == QuestionKind.LINK]
        written = [self.site_url, *self.links.split()]
        written += [self.more.get(code, {}).get("value", "") for code in linked]
        return list(dict.fromkeys(address for address in written if address))

    @property
    def answers(self) -> list[tuple[str, str, str]]:
        """Criterion code, its label and the answer, in the order of the criteria."""
        return [(criterion.value, criterion.label, getattr(self, criterion.value)) for criterion in Criterion]


class Support(models.Model):
    """An organization hosts, built, funded or trained a nominee. Its people stay out of the file."""

    nomination = models.ForeignKey(Nomination, on_delete=models.CASCADE, related_name="supports")
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+", verbose_name=_("organization")
    )
    kind = models.CharField(_("what it did"), max_length=10, choices=SupportKind)

    class Meta:
        verbose_name = _("support of a nominee")
        verbose_name_plural = _("support of nominees")
        constraints = [
            models.UniqueConstraint(fields=["nomination", "organization", "kind"], name="awards_support_once")
        ]

    def __str__(self) -> str:
        return f"{self.organization}: {self.get_kind_display()}"


class Laureate(models.Model):
    """A public result. ``awarded_to`` names a nominee that is not a Party: a regional clearing-house."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="laureates")
    category = models.CharField(max_length=10, choices=Category)
    medal = models.CharField(max_length=12, choices=Medal)
    party = models.ForeignKey(Term, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    awarded_to = models.CharField(max_length=200, blank=True)
    site_name = models.CharField(max_length=200, blank=True)
    site_url = models.URLField(max_length=300, blank=True)
    revoked_at = models.DateTimeField(null=True, editable=False)

    objects = LaureateQuerySet.as_manager()

    class Meta:
        verbose_name = _("laureate")
        verbose_name_plural = _("laureates")
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "category", "party"], name="awards_laureate_once_a_category"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_medal_display()}: {self.party or self.awarded_to}"
