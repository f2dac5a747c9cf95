"""Asking what a key is for."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from network.accounts.actions.programs import TERMS


def _terms() -> list[tuple[int, str]]:
    return [(days, ngettext("%(days)d day", "%(days)d days", days) % {"days": days}) for days in TERMS]


class KeyForm(forms.Form):
    """A name, how long it is good, and the promise that goes with what holders share."""

    name = forms.CharField(
        label=_("What it is for"),
        max_length=80,
        help_text=_("So that you know it again in the list. For example: map of our project."),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    days = forms.TypedChoiceField(label=_("Good for"), choices=_terms, coerce=int, initial=TERMS[1])
    promise = forms.BooleanField(
        label=_("My program deletes what is withdrawn"),
        help_text=_(
            "It may be given traditional knowledge that its holders share with programs. Before each use of "
            "a copy it asks the list of changes whether that is still shared, and deletes what is not."
        ),
        error_messages={"required": _("Without this promise no key is made.")},
    )

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if not name.isprintable():
            raise forms.ValidationError(_("Use plain text."))
        return name
