"""Asking for an organization, and for whom a Party has named."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.accounts.models import User
from network.foundations.forms import RichTextFormField
from network.organizations.enums import FocalPointRole, Kind
from network.organizations.models import Organization
from network.thesaurus.models import Term


class CountryField(forms.ModelChoiceField):
    """A country, named in the reader's language and sorted by it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(queryset=Term.objects.of("country").current(), **options)
        self.choices = self._sorted

    def _sorted(self) -> list[tuple[Any, str]]:
        names = sorted(
            ((term.pk, term.name) for term in self.queryset.all()), key=lambda pair: pair[1].casefold()
        )
        return [("", self.empty_label), *names]


class OrganizationForm(forms.Form):
    """An organization as its page shows it."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    name = forms.CharField(
        label=_("Name"), max_length=200, help_text=_("As the organization writes it itself.")
    )
    acronym = forms.CharField(label=_("Acronym"), max_length=30, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    country = CountryField(label=_("Country"), required=False, empty_label=_("Not tied to one country"))
    website = forms.URLField(label=_("Website"), max_length=200, required=False, assume_scheme="https")
    description = RichTextFormField(
        label=_("Description"),
        required=False,
        max_length=10_000,
        help_text=_("What it does, in a few sentences."),
    )

    FIELDS = ("name", "acronym", "kind", "country", "website", "description")

    @classmethod
    def of(cls, organization: Organization, data: Any = None) -> "OrganizationForm":
        initial = {name: getattr(organization, name) for name in (*cls.FIELDS, "version")}
        return cls(data, initial=initial)

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.FIELDS}

    def renew_version(self, current: Organization) -> None:
        """Let the next sending replace what was saved in between: both have now been seen."""
        self.data = self.data.copy()
        self.data["version"] = current.version


class FocalPointForm(forms.Form):
    """Whom a Party has named, found by her address because names are not unique."""

    email = forms.EmailField(
        label=_("E-mail address"), help_text=_("Of the person’s account in the network. It is not shown.")
    )
    role = forms.ChoiceField(label=_("Role"), choices=FocalPointRole.choices)
    since = forms.DateField(
        label=_("Since"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        initial=timezone.localdate,
    )

    def clean_email(self) -> str:
        email = self.cleaned_data["email"]
        self.person = User.objects.filter(email__iexact=email).first()
        if self.person is None:
            raise forms.ValidationError(
                _("Nobody has an account with this address. Ask the person to sign up first.")
            )
        return email


class AlternateForm(forms.Form):
    """Whom a focal point asks to answer in her place. The answer tells nobody who has an account."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("Of the person’s account in the network. She is asked and has thirty days to accept."),
    )
    until = forms.DateField(
        label=_("Last day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("One year from now at most. You can end it at any time."),
    )


class FilterForm(forms.Form):
    """Narrowing the list of organizations."""

    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("Any")), *Kind.choices])
    country = forms.ChoiceField(label=_("Country"), required=False)

    def __init__(self, data: Any, countries: list[Term]) -> None:
        super().__init__(data, auto_id="find_%s")
        names = sorted(((term.code, term.name) for term in countries), key=lambda pair: pair[1].casefold())
        self.fields["country"].choices = [("", _("Any")), *names]
