"""Asking for a suitcase."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _


class SuitcaseForm(forms.Form):
    """From which day on; without one the whole forum."""

    since = forms.DateField(
        label=_("Only what is new since"),
        required=False,
        widget=forms.DateInput({"type": "date"}),
        help_text=_("Without a day it is the whole forum."),
    )

    def clean_since(self) -> date | None:
        """Days before all forums and behind all calendars are no days to reckon with."""
        day = self.cleaned_data["since"]
        if day and not 1990 <= day.year <= 2200:
            raise forms.ValidationError(_("Choose a day that a forum may have seen."))
        return day
