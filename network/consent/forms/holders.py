"""Holders, their people and their protocols."""

from typing import Any

from django import forms
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from network.accounts.models import User
from network.consent.enums import Circle, Exposure, HolderKind, Voice
from network.consent.forms.fields import ContactsField, LanguageField, NamesField
from network.consent.models import Holder, KnowledgeItem
from network.foundations.once import OnceFormMixin

#: More voices than this no meeting counts.
MOST_VOICES = 100


class DescriptionForm(OnceFormMixin):
    """How holders wish to be named and asked, in their own words."""

    own_name = forms.CharField(
        label=_("Their own name for themselves"), max_length=200, widget=forms.TextInput({"dir": "auto"})
    )
    own_language = LanguageField(label=_("Language of this name"))
    other_names = NamesField(
        label=_("What others call them"),
        required=False,
        help_text=_("Names in other languages, by which people may look for them."),
    )
    attribution = forms.CharField(
        label=_("How they wish to be named"),
        max_length=300,
        required=False,
        widget=forms.TextInput({"dir": "auto"}),
        help_text=_("Beside what they share."),
    )
    contacts = ContactsField(
        label=_("How to ask them"),
        help_text=_("Everybody may see this: an office, a telephone number, an address that will last."),
    )
    withheld_words = forms.CharField(
        label=_("Their words where a text is withheld"),
        max_length=300,
        required=False,
        widget=forms.Textarea({"rows": 2, "dir": "auto"}),
    )
    quorum = forms.IntegerField(
        label=_("How many of those who decide must agree"),
        min_value=1,
        max_value=MOST_VOICES,
        initial=1,
        help_text=_("Before anything is shared. To stop sharing, one is always enough."),
    )

    @property
    def names(self) -> dict[str, str]:
        """Their own first."""
        typed = self.cleaned_data
        return {typed["own_language"]: typed["own_name"]} | {
            language: name for language, name in typed["other_names"] if language != typed["own_language"]
        }

    @property
    def described(self) -> dict[str, Any]:
        typed = self.cleaned_data
        kept = ("attribution", "contacts", "withheld_words", "quorum")
        return {"names": self.names} | {name: typed[name] for name in kept}


class HolderForm(DescriptionForm):
    """Whom the network knows as holders."""

    kind = forms.ChoiceField(label=_("What they are"), choices=HolderKind.choices)

    field_order = ["kind"]


class EditHolderForm(DescriptionForm):
    """``seen`` tells which description was shown, so that two people do not undo each other."""

    seen = forms.CharField(max_length=16, required=False, widget=forms.HiddenInput)

    @staticmethod
    def initial_of(holder: Holder, mark: str) -> dict[str, Any]:
        return {
            "own_name": holder.own_name,
            "own_language": holder.own_tag,
            "other_names": holder.other_names,
            "attribution": holder.attribution,
            "contacts": [(contact["kind"], contact["value"]) for contact in holder.contacts],
            "withheld_words": holder.withheld_words,
            "quorum": holder.quorum,
            "seen": mark,
        }

    def look_again(self, mark: str) -> None:
        """What was typed stays; sent again, it replaces what stands now."""
        self.data = self.data.copy()
        self.data["seen"] = mark


class PersonForm(OnceFormMixin):
    """Somebody who belongs to the holders, and perhaps decides for them."""

    email = forms.EmailField(label=_("E-mail address of the person"))
    office = forms.CharField(
        label=_("Decides as"),
        max_length=200,
        required=False,
        help_text=_("For example: speaker of the council. Leave it empty for somebody who only belongs."),
    )
    basis = forms.CharField(label=_("By what right"), max_length=300, required=False)
    voice = forms.ChoiceField(
        label=_("Speaks for"), choices=Voice.choices, initial=Voice.GENERAL, required=False
    )

    def clean_email(self) -> str:
        self.person = User.objects.filter(email__iexact=self.cleaned_data["email"], is_active=True).first()
        if self.person is None:
            raise forms.ValidationError(__("Nobody here has this address."))
        return self.cleaned_data["email"]

    def clean_voice(self) -> Voice:
        return Voice(self.cleaned_data["voice"] or Voice.GENERAL)


class CirclesForm(OnceFormMixin):
    """To which circles one of the people belongs."""

    circles = forms.MultipleChoiceField(
        label=_("Circles"),
        choices=Circle.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Some knowledge is for a circle alone. Nobody but those who decide sees this."),
    )


class ProtocolForm(OnceFormMixin):
    """The next version of the holders' own rules."""

    title = forms.CharField(label=_("Title"), max_length=200, widget=forms.TextInput({"dir": "auto"}))
    language = LanguageField(label=_("Language"))
    adopted_on = forms.DateField(
        label=_("Adopted on"), required=False, widget=forms.DateInput({"type": "date"})
    )
    ceiling = forms.ChoiceField(
        label=_("How far it lets knowledge go"),
        choices=Exposure.choices,
        initial=Exposure.OPEN,
        widget=forms.RadioSelect,
        help_text=_("New items and new consent stay below this from now on."),
    )
    absch_id = forms.CharField(
        label=_("Record in the ABS Clearing-House"),
        max_length=60,
        required=False,
        help_text=_("For example ABSCH-CPK-XX-000000."),
    )
    url = forms.URLField(label=_("Web address"), required=False, assume_scheme="https")
    text = forms.ModelChoiceField(
        label=_("Its text, sealed here"),
        queryset=KnowledgeItem.objects.none(),
        required=False,
        empty_label=_("Its text is kept elsewhere"),
    )

    def __init__(self, *args: Any, holder: Holder, items: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].queryset = items.filter(holdings__holder=holder).order_by("title", "pk")
