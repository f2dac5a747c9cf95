"""Labels and warnings, as the holders' own people put them on an item."""

from django import forms
from django.utils.translation import gettext_lazy as _

from network.consent import labels
from network.consent.enums import Warning
from network.foundations.once import OnceFormMixin


class LabelForm(OnceFormMixin):
    label = forms.ChoiceField(label=_("Label of Local Contexts"), choices=labels.choices)
    hub_project = forms.UUIDField(
        label=_("Project in the Local Contexts Hub"),
        required=False,
        help_text=_("Its number there, if you have one: the Hub then shows your own words for the label."),
    )
    hub_label = forms.UUIDField(label=_("Label in the Local Contexts Hub"), required=False)

    @property
    def chosen(self) -> dict[str, str]:
        family, code = self.cleaned_data["label"].split(":")
        return {"family": family, "code": code}


class WarningForm(OnceFormMixin):
    warning = forms.ChoiceField(
        label=_("What to ask before it is shown"), choices=Warning.choices, widget=forms.RadioSelect
    )
