"""Codes on paper: giving one out, and using one."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from network.consent import codes
from network.consent.enums import Method, RecordKind
from network.consent.models import KnowledgeItem
from network.foundations.once import OnceFormMixin


class CodeForm(OnceFormMixin):
    """To whom a code is given, and in which language the sheet is printed."""

    keeper = forms.CharField(
        label=_("Who keeps it"),
        max_length=200,
        widget=forms.TextInput({"dir": "auto", "autocomplete": "off"}),
        help_text=_("A person whom the holders trust. She needs no account and no computer."),
    )
    language = forms.ChoiceField(label=_("Language of the sheet"), choices=settings.LANGUAGES)


class EnterCodeForm(forms.Form):
    """The code, and how it came here."""

    WAYS = [
        (Method.HERE.value, _("I hold the paper in my hands")),
        (Method.VOICE.value, _("It was read to me, by telephone or in person")),
        (Method.PAPER.value, _("It came to me in a letter")),
    ]

    code = forms.CharField(
        label=_("The code on the paper"),
        max_length=codes.LONGEST_TYPED,
        widget=forms.TextInput(
            {"dir": "ltr", "autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        help_text=_("Six groups of four. Small letters, spaces and missing dashes do not matter."),
    )
    method = forms.ChoiceField(
        label=_("How the code came to you"), choices=WAYS, initial=Method.HERE, widget=forms.RadioSelect
    )


class CloseForm(OnceFormMixin):
    """What to stop or pause: all of it, or what is chosen. ``entered`` proves that the code was typed."""

    KINDS = [
        (RecordKind.SUSPENDED.value, _("Pause: nobody reads it until the holders give consent again")),
        (
            RecordKind.WITHDRAWN.value,
            _("Stop: consent is withdrawn, and those who fetched it have to delete it"),
        ),
    ]

    entered = forms.CharField(max_length=500, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("What you want"), choices=KINDS, widget=forms.RadioSelect)
    reach = forms.ChoiceField(
        label=_("For what"),
        choices=[
            ("all", _("Everything that these holders keep here")),
            ("some", _("Only what is chosen below")),
        ],
        initial="all",
        widget=forms.RadioSelect,
    )
    items = forms.ModelMultipleChoiceField(
        label=_("Their knowledge, by its neutral titles"),
        queryset=KnowledgeItem.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, items: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["items"].queryset = items

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if typed.get("reach") == "some" and "items" not in self.errors and not typed.get("items"):
            self.add_error("items", _("Choose at least one."))
        return typed
