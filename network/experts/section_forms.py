"""The forms of all sections of a profile: those that hold more than a line or a list of terms are here."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.experts import doi, sections, values
from network.experts.disclosure import term_label
from network.experts.entries import EntriesField, YearField, engagement_columns
from network.experts.enums import Detail, Field, Gender, Group, Level, Offer, Source, Visibility
from network.experts.fields import BiographyField, PlainLineField
from network.experts.forms import AboutForm, ExpertiseForm, PhotoForm, SectionForm, StoryForm
from network.experts.models import ExpertProfile, ProfileTerm
from network.experts.models.availability import MOST_HOURS
from network.experts.sections import SECTIONS
from network.experts.summaries import FieldSummary, summarize


class DepthForm(SectionForm):
    """A level for each language, years and evidence for each subject that the profile names."""

    section = SECTIONS["depth"]

    def __init__(self, *args: Any, profile: ExpertProfile, **options: Any) -> None:
        super().__init__(*args, profile=profile, **options)
        held = profile.terms.select_related("term").order_by("term__position") if profile.pk else []
        for entry in held:
            if entry.field == Field.SUBJECTS:
                self._ask_evidence(entry)
        for entry in held:
            if entry.field == Field.LANGUAGES:
                self._ask_level(entry)

    def _ask_evidence(self, entry: ProfileTerm) -> None:
        name = term_label(entry.term)
        self.fields[f"years-{entry.term_id}"] = forms.IntegerField(
            label=_("%(subject)s: years") % {"subject": name},
            required=False,
            min_value=0,
            max_value=80,
            initial=entry.years,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 2, "class": "year"}),
        )
        self.fields[f"evidence-{entry.term_id}"] = PlainLineField(
            label=_("%(subject)s: evidence") % {"subject": name},
            required=False,
            max_length=300,
            initial=entry.evidence,
            help_text=_("A project, a report, a course: what somebody could look up."),
        )

    def _ask_level(self, entry: ProfileTerm) -> None:
        self.fields[f"level-{entry.term_id}"] = forms.ChoiceField(
            label=term_label(entry.term),
            required=False,
            initial=entry.level,
            choices=[("", _("Not said")), *Level.choices],
        )

    @property
    def values(self) -> dict[str, Any]:
        told = self.cleaned_data
        evidence = {
            name.removeprefix("years-"): {
                "years": years,
                "evidence": told[f"evidence-{name.removeprefix('years-')}"],
            }
            for name, years in told.items()
            if name.startswith("years-")
        }
        return {
            Detail.EVIDENCE: {
                pk: said for pk, said in evidence.items() if said["years"] is not None or said["evidence"]
            },
            Detail.LEVELS: {
                name.removeprefix("level-"): level
                for name, level in told.items()
                if name.startswith("level-") and level
            },
        }


class ExperienceForm(SectionForm):
    section = SECTIONS["experience"]

    roles = EntriesField(
        engagement_columns(gettext_lazy("Role"), gettext_lazy("For whom")),
        label=Field.ROLES.label,
        help_text=gettext_lazy(
            "Member of an expert group, reviewer, delegate, board member. Empty a row to take it away."
        ),
    )
    trainings = EntriesField(
        engagement_columns(gettext_lazy("Training"), gettext_lazy("For whom, where")),
        label=Field.TRAININGS.label,
        help_text=gettext_lazy("Courses and workshops that you gave, not those that you took."),
    )


class DoiField(PlainLineField):
    """A DOI in any of its spellings."""

    def clean(self, value: str | None) -> str:
        typed = super().clean(value)
        if not typed:
            return ""
        found = doi.normal_form(typed)
        if found is None:
            raise ValidationError(_("A DOI begins with 10. and holds a slash, such as 10.1000/182."))
        return found


def publication_columns() -> dict[str, forms.Field]:
    return {
        "title": PlainLineField(label=gettext_lazy("Title"), max_length=500),
        "authors": PlainLineField(label=gettext_lazy("Authors"), max_length=500, required=False),
        "venue": PlainLineField(
            label=gettext_lazy("Journal, book or publisher"), max_length=300, required=False
        ),
        "year": YearField(label=gettext_lazy("Year")),
        "doi": DoiField(label="DOI", max_length=200, required=False),
        "url": forms.URLField(
            label=gettext_lazy("Address"), max_length=500, required=False, assume_scheme="https"
        ),
        "source": forms.ChoiceField(
            required=False, choices=Source.choices, initial=Source.HAND, widget=forms.HiddenInput
        ),
    }


class PublicationsForm(SectionForm):
    section = SECTIONS["publications"]

    publications = EntriesField(
        publication_columns(),
        label=Field.PUBLICATIONS.label,
        help_text=gettext_lazy("The most important first. Empty a row to take it away."),
    )

    def clean_publications(self) -> list[dict[str, Any]]:
        rows = self.cleaned_data["publications"]
        for row in rows:
            row["source"] = row["source"] or str(Source.HAND)
            if row["url"] and not row["url"].lower().startswith(("http://", "https://")):
                raise ValidationError(_("An address begins with https:// or http://."))
        return rows


class DayField(forms.DateField):
    """A day; its value is written as ``2026-11-30``, as it is kept."""

    def __init__(self, **options: Any) -> None:
        box = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(required=False, widget=box, input_formats=["%Y-%m-%d"], **options)

    def clean(self, value: Any) -> str:  # type: ignore[override]
        day = super().clean(value)
        return day.isoformat() if day else ""


class AvailabilityForm(SectionForm):
    section = SECTIONS["availability"]

    availability = forms.MultipleChoiceField(
        label=Field.AVAILABILITY.label,
        required=False,
        choices=Offer.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    hours = forms.IntegerField(
        label=Detail.HOURS.label,
        required=False,
        min_value=1,
        max_value=MOST_HOURS,
        help_text=gettext_lazy("What you can give to others in a usual month."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 3, "class": "year"}),
    )
    available_from = DayField(label=Detail.AVAILABLE_FROM.label)
    away_until = DayField(
        label=Detail.AWAY_UNTIL.label,
        help_text=gettext_lazy("Until that day, whoever writes to you is told that you are away."),
    )
    away_note = PlainLineField(
        label=Detail.AWAY_NOTE.label,
        required=False,
        max_length=300,
        help_text=gettext_lazy("Who can help meanwhile, or when you read your mail."),
    )
    contact = forms.TypedChoiceField(
        label=Detail.CONTACT.label,
        coerce=int,
        choices=[
            (level.value, level.label)
            for level in sorted(Visibility, reverse=True)
            if level != Visibility.EVERYONE
        ],
        help_text=gettext_lazy("They write in a form here; nobody sees your address. Strangers never can."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        nobody = (Visibility.NOBODY.value, _("Nobody"))
        choices = self.fields["contact"].choices  # type: ignore[attr-defined]
        self.fields["contact"].choices = [*list(choices)[:-1], nobody]  # type: ignore[attr-defined]


class YourselfForm(SectionForm):
    section = SECTIONS["yourself"]

    community = PlainLineField(
        label=Field.COMMUNITY.label,
        required=False,
        max_length=200,
        help_text=gettext_lazy("A people, a village, a cooperative: as it calls itself."),
    )
    groups = forms.MultipleChoiceField(
        label=Field.GROUPS.label, required=False, choices=Group.choices, widget=forms.CheckboxSelectMultiple
    )
    gender = forms.ChoiceField(
        label=Field.GENDER.label, required=False, choices=[("", gettext_lazy("Not said")), *Gender.choices]
    )


class TranslationForm(SectionForm):
    """Position and biography in another language, beside those that stand in the profile."""

    designation = PlainLineField(label=Field.DESIGNATION.label, max_length=150, required=False)
    biography = BiographyField(label=Field.BIOGRAPHY.label, required=False)

    def __init__(self, *args: Any, section: sections.Section, profile: ExpertProfile, **options: Any) -> None:
        self.section = section
        self.language = sections.language_of(section)
        held = values.value_of(profile, self.section.details[0])
        super().__init__(*args, profile=profile, **options)
        direction = "rtl" if self.language == "ar" else "ltr"
        for name, text in held.items():
            self.fields[name].initial = text
            self.fields[name].widget.attrs |= {"lang": self.language, "dir": direction}

    @property
    def values(self) -> dict[str, Any]:
        return {
            self.section.details[0]: {name: self.cleaned_data[name] for name in ("designation", "biography")}
        }

    @property
    def originals(self) -> list[FieldSummary]:
        """What stands in the profile."""
        held = [*summarize(self.profile, SECTIONS["about"]), *summarize(self.profile, SECTIONS["story"])]
        return [one for one in held if one.field in (Field.DESIGNATION, Field.BIOGRAPHY)]


_FORMS: dict[str, type[SectionForm]] = {
    form.section.name: form
    for form in (
        AboutForm,
        ExpertiseForm,
        DepthForm,
        StoryForm,
        ExperienceForm,
        PublicationsForm,
        AvailabilityForm,
        YourselfForm,
        PhotoForm,
    )
}


def form_of(section: sections.Section, *args: Any, **options: Any) -> SectionForm:
    """The form in which ``section`` is asked for; what follows are the arguments of a Django form."""
    if sections.language_of(section):
        return TranslationForm(*args, section=section, **options)
    return _FORMS[section.name](*args, **options)


def language_name(code: str) -> str:
    """The name of a language of the interface, in that of the page."""
    return dict(settings.LANGUAGES).get(code, code)
