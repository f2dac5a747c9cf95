"""Deciding about what somebody wrote elsewhere."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from network.consent.models import Holder
from network.foundations.forms import RowsField
from network.foundations.once import OnceFormMixin
from network.foundations.viewer import Viewer


class SettleForm(OnceFormMixin):
    """A pressed button, and the words for whoever wrote it."""

    STAY = "stay"

    decision = forms.ChoiceField(choices=[(STAY, ""), ("back", "")])
    reason = forms.CharField(
        label=_("Why it goes back"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=_("Whoever wrote it reads this. Write nothing here that you keep."),
    )


class HoldersForm(OnceFormMixin):
    holders = RowsField(
        label=_("Whose knowledge this is"),
        queryset=Holder.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["holders"].queryset = Holder.objects.visible_to(viewer).order_by("id")
