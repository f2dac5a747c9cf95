"""Controlled vocabularies: what things are classified by, in six languages."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from network.thesaurus.enums import GROUPS, QUOTED_BY_CODE
from network.thesaurus.querysets import TermQuerySet


def in_language(names: dict[str, str], language: str | None = None) -> str:
    """The name in ``language`` (default: the active one), else in English, else in any."""
    wanted = language or get_language() or "en"
    return names.get(wanted) or names.get("en") or next(iter(names.values()), "")


class Domain(models.Model):
    """One vocabulary: ``kmgbf-target``, ``country``, ``un-region``, ``language``, ``subject``."""

    code = models.SlugField(_("code"), primary_key=True, max_length=40)
    names = models.JSONField(_("names"), help_text=_("Language code to name."))
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("vocabulary")
        verbose_name_plural = _("vocabularies")
        ordering = ["code"]

    def __str__(self) -> str:
        return in_language(self.names)


class Term(models.Model):
    """A word of a vocabulary. ``parent`` may stand in another domain: a country in its UN region."""

    domain = models.ForeignKey(
        Domain, on_delete=models.PROTECT, related_name="terms", verbose_name=_("vocabulary")
    )
    code = models.CharField(_("code"), max_length=40)
    names = models.JSONField(_("names"), help_text=_("Language code to name."))
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="narrower",
        verbose_name=_("broader term"),
    )
    position = models.PositiveIntegerField(_("position"), default=0)
    facts = models.JSONField(
        _("facts"), default=dict, blank=True, help_text=_("For a country: Party to the Convention, ...")
    )
    # The loader looks after what it brought and leaves alone what an installation added itself.
    shipped = models.BooleanField(_("comes with the network"), default=False, editable=False)
    retired_on = models.DateField(_("retired on"), null=True, blank=True)

    objects = TermQuerySet.as_manager()

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ["domain", "position", "code"]
        constraints = [
            models.UniqueConstraint(fields=["domain", "code"], name="thesaurus_code_once_a_domain")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return in_language(self.names)

    @property
    def label(self) -> str:
        """The name, after the code where people quote it: ``3. Conserved areas``."""
        return f"{self.code}. {self.name}" if self.domain_id in QUOTED_BY_CODE else self.name

    @property
    def heading(self) -> str:
        """What the term stands under in a list; empty where it stands by itself. Wants ``parent`` at hand."""
        if self.parent is not None:
            return self.parent.name
        return str(GROUPS.get(self.facts.get("group", ""), ""))
