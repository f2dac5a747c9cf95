"""Asking for a list, and for what its columns hold."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from network.accounts.models import PeopleList
from network.experts.importing import headers
from network.experts.importing.fields import FIELDS
from network.foundations.tables import MAX_BYTES, Table


class UploadForm(forms.Form):
    """The list, and what the people in it know it by."""

    name = forms.CharField(
        label=_("Name of the list"),
        max_length=150,
        help_text=_(
            "Those who stand in it read this: “Roster of peer reviewers 2026, Ministry of Environment”."
        ),
    )
    file = forms.FileField(
        label=_("File"),
        help_text=_("An Excel workbook (.xlsx) or a CSV, at most 10 MB and 20,000 people."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.tsv,.txt"}),
    )

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(_("This file is larger than 10 MB. Cut the list into several."))
        return file


class ColumnsForm(forms.Form):
    """One choice for each column of the list."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    invite = forms.BooleanField(
        label=_("Write to the people who are new, and ask them"),
        required=False,
        help_text=_(
            "One mail each, with what is kept and two ways: to take the account, or to be erased at once. "
            "Nobody is written to twice."
        ),
    )

    def __init__(self, *args: Any, roster: PeopleList, table: Table, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [("", _("Leave out")), *FIELDS.items()]
        self.fields["version"].initial = roster.version
        self.fields["invite"].initial = roster.invite
        self.names = []
        for number, title in enumerate(table.header):
            field = roster.columns.get(str(number), "")
            name = f"column-{number}"
            self.names.append(name)
            self.fields[name] = forms.ChoiceField(
                label=title or _("Column %(number)d") % {"number": number + 1},
                choices=choices,
                required=False,
                initial="" if field in headers.LEFT_OUT else field,
            )

    def bound_columns(self) -> list[forms.BoundField]:
        return [self[name] for name in self.names]

    @property
    def columns(self) -> dict[int, str]:
        chosen = {number: self.cleaned_data[name] for number, name in enumerate(self.names)}
        return {number: field for number, field in chosen.items() if field}


class SuggestionForm(forms.Form):
    """Which of the suggested fields she takes."""

    seen = forms.CharField(widget=forms.HiddenInput)
    take = forms.MultipleChoiceField(
        label=_("Take into your profile"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, fields: dict[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["take"].choices = list(fields.items())
