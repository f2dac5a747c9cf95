"""Asking for what a shortlist is called, whom it is shared with, and why people are taken out."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from network.experts.enums import ExportFormat, ShareRole
from network.foundations.forms import WatchedMixin


class Versioned(forms.Form):
    """A form that names what its person saw when she began."""

    def renew_version(self, version: int) -> None:
        """Let the next sending stand: the person has now seen both."""
        self.data = self.data.copy()
        self.data["version"] = str(version)


class ShortlistForm(WatchedMixin, Versioned):
    name = forms.CharField(label=_("Name"), max_length=120)
    purpose = forms.CharField(
        label=_("What it is for"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("For you and those who work on it with you. Nobody who stands on it is told."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class NoteForm(WatchedMixin, Versioned):
    note = forms.CharField(
        label=_("Note"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class ShareForm(forms.Form):
    email = forms.EmailField(label=_("E-mail address of a colleague"))
    role = forms.ChoiceField(label=_("She may"), choices=ShareRole.choices, initial=ShareRole.VIEW)


class ExportForm(WatchedMixin, forms.Form):
    format = forms.ChoiceField(
        label=_("Format"), choices=ExportFormat.choices, widget=forms.RadioSelect, initial=ExportFormat.XLSX
    )
    purpose = forms.CharField(
        label=_("What you need it for"),
        min_length=10,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("Everybody on the list can read this, and that it was you who took it out."),
    )


class RosterExportForm(ExportForm):
    """Beside each person stands since when and until when she is on the roster: that fits a table only."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        formats: Any = self.fields["format"]
        formats.choices = [(one.value, one.label) for one in (ExportFormat.CSV, ExportFormat.XLSX)]
