"""Asking moderators and those who report."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.moderation.models import Report


class ReportForm(forms.ModelForm):
    class Meta:
        model = Report
        fields = ["reason", "note"]
        widgets = {
            "reason": forms.RadioSelect,
            "note": forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = Report._meta.get_field("reason").choices


class DecisionForm(forms.Form):
    """A pressed button and the words for it; ``needs_words`` are the decisions that have to be explained."""

    decision = forms.ChoiceField()
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    choices: list[tuple[str, Any]] = []
    needs_words: frozenset[str] = frozenset()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].choices = self.choices

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("decision") in self.needs_words and not self.cleaned_data.get("reason"):
            self.add_error("reason", _("Say in a sentence why; those concerned read it."))
        return self.cleaned_data


class HeldForm(DecisionForm):
    choices = [("approve", _("Let it go out")), ("turn_down", _("Turn it down"))]
    needs_words = frozenset({"turn_down"})


class CaseForm(DecisionForm):
    choices = [("uphold", _("Hide the post")), ("dismiss", _("Dismiss the report"))]
    needs_words = frozenset({"uphold", "dismiss"})
