"""Asking for an hour: what stands in the form is what an official clock shows, and is read with its zone."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from network.foundations.clock import zone_of

#: Hours that clocks and calendars everywhere can still reckon with.
_YEARS = range(2000, 2101)
_FORMAT = "%Y-%m-%dT%H:%M"


class HourField(forms.DateTimeField):
    """An hour as the official clock shows it; the form reads it with its zone."""

    def __init__(self, **kwargs: Any) -> None:
        shown = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_FORMAT)
        super().__init__(widget=shown, **kwargs)

    def clean(self, value: Any) -> datetime | None:
        typed = super().clean(value)
        if typed is not None and typed.year not in _YEARS:
            raise forms.ValidationError(_("Choose a year between 2000 and 2100."))
        return typed


def on_the_clock(when: datetime | None, zone: str) -> datetime | None:
    """What the official clock shows, for the form."""
    return when and when.astimezone(zone_of(zone)).replace(tzinfo=None)
