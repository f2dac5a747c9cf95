"""Giving a thread a time at which it appears."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from network.accounts.zones import choices as zones
from network.foundations.clock import wall_clock
from network.foundations.hours import HourField


def zone_field() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("By the clock of"), choices=zones, required=False)


class AppearsMixin(forms.Form):
    """A time for a new thread, for those who may give it one; for others the form has no such field."""

    appears_at = HourField(
        label=_("Appears"),
        required=False,
        help_text=_(
            "Left empty, it appears at once. Until then only you and those who look after the community see "
            "it."
        ),
    )
    appears_zone = zone_field()

    def __init__(self, *args: Any, zone: str | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if zone is None:
            del self.fields["appears_at"], self.fields["appears_zone"]
        else:
            self.fields["appears_zone"].initial = zone

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        return on_a_clock(cleaned)


def on_a_clock(cleaned: dict[str, Any]) -> dict[str, Any]:
    """The hour that was typed as the instant that it is, by the clock that was chosen."""
    if "appears_zone" in cleaned:
        cleaned["appears_zone"] = cleaned["appears_zone"] or "UTC"
        if cleaned.get("appears_at"):
            cleaned["appears_at"] = wall_clock(cleaned["appears_at"], cleaned["appears_zone"])
    return cleaned
