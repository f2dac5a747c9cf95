"""Beginning an event: what it is, when, and by which clock."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.forums.forms.windows import HourField
from home.events.enums import Beginning
from network.accounts.zones import choices as zones
from network.foundations.clock import wall_clock
from network.foundations.forms import WatchedMixin


class BeginningForm(WatchedMixin, forms.Form):
    template = forms.ChoiceField(label=_("What is it?"), choices=Beginning.choices, widget=forms.RadioSelect)
    title = forms.CharField(label=_("Title"), max_length=200, widget=forms.TextInput(attrs={"dir": "auto"}))
    starts_at = HourField(label=_("Starts"), help_text=_("As a clock at the place shows it."))
    zone = forms.ChoiceField(label=_("By the clock of"), choices=zones)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("starts_at") and cleaned.get("zone"):
            cleaned["starts_at"] = wall_clock(cleaned["starts_at"], cleaned["zone"])
        return cleaned
