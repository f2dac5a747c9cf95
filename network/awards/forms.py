"""Asking for an edition, a nomination, a juror."""

from django import forms
from django.contrib.auth import get_user_model
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from network.accounts.zones import choices
from network.awards.enums import Criterion
from network.awards.models import Edition, Nomination
from network.foundations.clock import wall_clock
from network.foundations.forms import RowsField, WatchedMixin
from network.thesaurus.models import Term


class EditionForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("For example: Award 2027."))
    slug = forms.SlugField(
        label=_("Address"), max_length=50, required=False, help_text=_("Left empty, it follows the name.")
    )
    year = forms.IntegerField(label=_("Year"), min_value=2016, max_value=2100)
    place = forms.CharField(label=_("Place of the ceremony"), max_length=120, required=False)
    zone = forms.ChoiceField(label=_("Official time zone"), initial="UTC")
    opens_at = forms.DateTimeField(
        label=_("Opens"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    closes_at = forms.DateTimeField(
        label=_("Closes"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_(
            "Both in the official time zone. A nomination handed in at this very instant is too late."
        ),
    )
    quorum = forms.IntegerField(
        label=_("Scores that each nomination needs"), min_value=1, max_value=20, initial=2
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["zone"].choices = choices()

    def clean(self) -> dict:
        data = super().clean()
        opens_at, closes_at, zone = data.get("opens_at"), data.get("closes_at"), data.get("zone")
        if opens_at and closes_at and zone:
            data["opens_at"] = wall_clock(opens_at, zone)
            data["closes_at"] = wall_clock(closes_at, zone)
            if data["closes_at"] <= data["opens_at"]:
                self.add_error("closes_at", _("The call closes before it opens."))
        slug = data.get("slug") or slugify(data.get("name", ""))
        if not self.has_error("slug"):
            if not slug:
                self.add_error("slug", _("Give the edition an address in Latin letters."))
            elif Edition.objects.filter(slug=slug).exists() or slug == "new":
                self.add_error("slug", _("There is an edition with this address."))
        data["slug"] = slug
        return data


class NominateForm(forms.Form):
    party = forms.ModelChoiceField(label=_("Party"), queryset=Term.objects.none(), empty_label=None)

    def __init__(self, *args, parties, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"].queryset = parties


class NominationForm(WatchedMixin, forms.ModelForm):
    site_url = forms.URLField(
        label=Nomination._meta.get_field("site_url").verbose_name,
        max_length=300,
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Nomination
        fields = ["category", "site_name", "site_url", *Criterion.values, "progress"]
        widgets = {
            "category": forms.RadioSelect,
            **{name: forms.Textarea(attrs={"rows": 6}) for name in [*Criterion.values, "progress"]},
        }

    @property
    def answers(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in self._meta.fields}


class JurorForm(forms.Form):
    email = forms.EmailField(label=_("E-mail address"), help_text=_("Of a person who has an account here."))
    represents = forms.ModelChoiceField(
        label=_("Party represented"),
        queryset=Term.objects.none(),
        required=False,
        help_text=_("Somebody who represents a Party never sees its nomination."),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["represents"].queryset = Term.objects.of("country").current()

    def clean_email(self) -> str:
        email = self.cleaned_data["email"]
        self.person = get_user_model().objects.filter(email__iexact=email, is_active=True).first()
        if self.person is None:
            raise forms.ValidationError(_("Nobody here has this address."))
        return email


class DisclosureForm(forms.Form):
    """Before any file opens: which nominees the juror has a connection with."""

    conflicts = RowsField(
        label=_("I have a connection with these nominees"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("You built, hosted, funded or trained for the site, or work with those who run it."),
    )
    confirm = forms.BooleanField(
        label=_("I have no interest in the outcome for any other nominee."),
    )

    def __init__(self, *args, cases, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["conflicts"].queryset = cases
        self.fields["conflicts"].label_from_instance = lambda case: str(case.party)
