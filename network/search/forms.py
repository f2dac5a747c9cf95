"""Asking how a search is kept."""

from django import forms
from django.utils.translation import gettext_lazy as _

from network.search.enums import Rhythm


class SavedSearchForm(forms.Form):
    name = forms.CharField(
        label=_("Name"), max_length=120, help_text=_("What you call it; it stands in what we tell you.")
    )
    rhythm = forms.ChoiceField(
        label=_("Tell me what is new"),
        choices=Rhythm.choices,
        widget=forms.RadioSelect,
        initial=Rhythm.DAILY,
        help_text=_("In your inbox and by mail, only if something is new and only what you may see."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def renew_version(self, version: int) -> None:
        """Let the next sending stand: the person has now seen both."""
        self.data = self.data.copy()
        self.data["version"] = str(version)
