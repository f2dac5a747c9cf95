"""What somebody keeps for herself."""

from datetime import date, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.foundations.forms import WatchedMixin


class BookmarkForm(WatchedMixin, forms.Form):
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=300,
        widget=forms.Textarea({"rows": 2, "dir": "auto"}),
        help_text=_("Only you read it."),
    )
    remind_on = forms.DateField(
        label=_("Remind me on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("You are told in the morning of that day."),
    )

    def clean_remind_on(self) -> date | None:
        day = self.cleaned_data["remind_on"]
        if day and "remind_on" in self.changed_data and not _tomorrow() <= day <= _far():
            raise forms.ValidationError(_("Choose a day from tomorrow on, within five years."))
        return day


def _tomorrow() -> date:
    return timezone.localdate() + timedelta(days=1)


def _far() -> date:
    return timezone.localdate() + timedelta(days=5 * 366)
