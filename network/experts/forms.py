"""Asking a person for her profile, a section at a time."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms.widgets import Script
from django.utils.translation import gettext_lazy as _

from network.experts import photos
from network.experts.enums import Detail, Field, Visibility
from network.experts.fields import (
    BiographyField,
    NameField,
    NamesField,
    OrcidField,
    PlainLineField,
    TagsField,
    TermField,
    TermsField,
    keep_retired,
)
from network.experts.models import ExpertProfile
from network.experts.sections import SECTIONS, Section, snapshot, version_of
from network.foundations.forms import WatchedMixin
from network.foundations.uploads import clean_image
from network.organizations.models import Organization

_SUGGESTED = 300


class SectionForm(forms.Form):
    """The fields of one section, each with who sees it, and what stood there when the person began."""

    section: Section
    #: Boxes that the template puts elsewhere.
    apart: tuple[str, ...] = ()

    version = forms.CharField(widget=forms.HiddenInput, max_length=16)

    def __init__(self, *args: Any, profile: ExpertProfile, **options: Any) -> None:
        self.profile = profile
        self.standing = snapshot(profile, self.section)
        initial = {"version": version_of(self.standing), **self.standing["values"]}
        initial |= {f"see_{name}": level for name, level in self.standing["visibility"].items()}
        # A browser is never told which file it should send, and none chosen means: leave the photo.
        initial.pop(Field.PHOTO, None)
        super().__init__(*args, initial=initial, **options)
        self._keep_retired()
        for name in self.section.fields:
            self.fields[f"see_{name}"] = forms.TypedChoiceField(
                label=_("Who sees “%(field)s”") % {"field": name.label},
                choices=_levels(name),
                coerce=int,
            )

    def _keep_retired(self) -> None:
        """A country that no longer exists is offered to whoever has it, so that saving does not lose it."""
        for name, field in self.fields.items():
            if isinstance(field, TermField | TermsField):
                keep_retired(field, self.standing["values"].get(name))

    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField | None]]:
        """Each field with the choice of who sees it, for the template; details have none."""
        seen = {f"see_{name}" for name in self.section.fields}
        return [
            (self[name], self[f"see_{name}"] if f"see_{name}" in seen else None)
            for name in self.fields
            if name not in seen and not self.fields[name].widget.is_hidden and name not in self.apart
        ]

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.section.kept if name != Field.PHOTO}

    @property
    def visibility(self) -> dict[str, int]:
        return {name: self.cleaned_data[f"see_{name}"] for name in self.section.fields}

    def renew_version(self) -> None:
        """Let the next sending replace what was saved in between: the person has now seen both."""
        self.data = self.data.copy()
        self.data["version"] = version_of(self.standing)


def _levels(field: Field) -> list[tuple[int, str]]:
    """The name is what a page hangs on: hiding it from all is what hiding the profile is for."""
    return [
        (level.value, level.label)
        for level in sorted(Visibility, reverse=True)
        if not (field == Field.NAME and level == Visibility.NOBODY)
    ]


class AboutForm(WatchedMixin, SectionForm):
    section = SECTIONS["about"]

    name = NameField(
        label=Field.NAME.label, max_length=150, help_text=_("As you write it yourself, in any script.")
    )
    other_names = NamesField(
        label=Field.OTHER_NAMES.label,
        required=False,
        max_length=1000,
        help_text=_("Each on a line of its own. You are found by all of them."),
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    designation = PlainLineField(
        label=Field.DESIGNATION.label, max_length=150, required=False, help_text=_("What you do there.")
    )
    department = PlainLineField(label=Field.DEPARTMENT.label, max_length=200, required=False)
    affiliation = PlainLineField(
        label=Field.AFFILIATION.label,
        max_length=200,
        required=False,
        help_text=_("Your organization, community or group. If the network knows it, it is linked."),
        widget=forms.TextInput(attrs={"list": "known-organizations", "autocomplete": "organization"}),
    )
    country = TermField("country", label=Field.COUNTRY.label, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.suggestions = list(
            Organization.objects.order_by("sort_name").values_list("name", flat=True)[:_SUGGESTED]
        )


class ExpertiseForm(SectionForm):
    section = SECTIONS["expertise"]

    subjects = TermsField(
        "subject",
        label=Field.SUBJECTS.label,
        required=False,
        help_text=_("What you could answer a question on."),
    )
    targets = TermsField(
        "kmgbf-target",
        label=Field.TARGETS.label,
        required=False,
        help_text=_("The targets of the Global Biodiversity Framework that you work for."),
    )
    tags = TagsField(
        label=Field.TAGS.label,
        required=False,
        max_length=1000,
        help_text=_("Your own words, with commas between them: mangrove nurseries, eDNA, fire management."),
    )
    languages = TermsField(
        "language", label=Field.LANGUAGES.label, required=False, help_text=_("Those you can work in.")
    )
    worked = TermsField("country", label=Field.WORKED.label, required=False)


class StoryForm(SectionForm):
    section = SECTIONS["story"]

    written_in = forms.ChoiceField(
        label=Detail.WRITTEN_IN.label,
        required=False,
        choices=[("", _("Not said")), *settings.LANGUAGES],
        help_text=_("Of your position and your biography. Below the overview you add them in others."),
    )

    biography = BiographyField(
        label=Field.BIOGRAPHY.label,
        required=False,
        help_text=_("A few paragraphs: what you have done, what you could help others with."),
    )
    website = forms.URLField(label=Field.WEBSITE.label, required=False, max_length=200, assume_scheme="https")
    orcid = OrcidField(
        label=Field.ORCID.label,
        required=False,
        max_length=60,
        help_text=_("Sixteen digits, or the address of your ORCID record."),
    )

    def clean_website(self) -> str:
        website = self.cleaned_data["website"]
        if website and not website.lower().startswith(("http://", "https://")):
            raise ValidationError(_("A website begins with https:// or http://."))
        return website


class PhotoForm(SectionForm):
    section = SECTIONS["photo"]

    photo = forms.FileField(
        label=Field.PHOTO.label,
        required=False,
        allow_empty_file=True,
        help_text=_("JPEG, PNG or WebP, up to 5 MB. It is cut to a square; place and camera are taken out."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    # What a script tells of the square that was chosen; without it the middle is taken.
    crop_x = forms.FloatField(required=False, min_value=0, max_value=1, widget=forms.HiddenInput)
    crop_y = forms.FloatField(required=False, min_value=0, max_value=1, widget=forms.HiddenInput)
    crop_zoom = forms.FloatField(required=False, min_value=1, max_value=4, widget=forms.HiddenInput)
    remove = forms.BooleanField(label=_("Take my photo away"), required=False)
    apart = ("remove",)

    @property
    def media(self) -> forms.Media:
        script: Any = Script("js/crop.js", type="module")  # the stubs know paths only
        return forms.Media(js=[script])

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if not self.profile.photo_key:
            del self.fields["remove"]

    @property
    def crop(self) -> photos.Crop:
        """The square that she chose; the usual one where a script told nothing."""
        told = {name: self.cleaned_data.get(f"crop_{name}") for name in ("x", "y", "zoom")}
        return photos.Crop(**{name: value for name, value in told.items() if value is not None})

    def clean_photo(self) -> Any:
        """The image, checked and made anew; a browser cannot keep the choice of a file, so we say so."""
        photo = self.cleaned_data["photo"]
        if not photo:
            return None
        try:
            return clean_image(photo)
        except ValidationError as error:
            raise ValidationError([*error.messages, _("Choose a photo again.")]) from None


FORMS: dict[str, type[SectionForm]] = {
    form.section.name: form for form in (AboutForm, ExpertiseForm, StoryForm, PhotoForm)
}
