"""Asking for findings, scores and decisions; the same forms serve the public pages and the Wagtail admin."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.calls.enums import Outcome
from network.foundations.forms import WatchedMixin


class ScreeningForm(WatchedMixin, forms.Form):
    outcome = forms.ChoiceField(
        label=_("Finding"),
        choices=[(o.value, o.label) for o in (Outcome.ELIGIBLE, Outcome.RETURNED, Outcome.INELIGIBLE)],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The nominator reads this. Needed unless the nomination is eligible."),
    )
    due_at = forms.DateTimeField(
        label=_("To be completed by"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("In UTC. Needed when you return the nomination."),
    )

    def clean(self) -> dict:
        super().clean()
        data = self.cleaned_data
        outcome = data.get("outcome")
        if outcome in (Outcome.RETURNED, Outcome.INELIGIBLE) and not data.get("reason", "").strip():
            self.add_error("reason", _("Say why: the nominator reads this sentence."))
        if outcome == Outcome.RETURNED and "due_at" in data:
            due_at = data["due_at"]
            if due_at is None or due_at <= timezone.now():
                self.add_error("due_at", _("Say until when, at an instant still to come."))
        return data


class ReviewForm(WatchedMixin, forms.Form):
    """One score and one reason for each criterion of the call's frozen rules."""

    def __init__(self, *args, rules: dict, labels: dict[str, str], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        lowest, highest = rules["scale"]
        self.codes = [criterion["code"] for criterion in rules["criteria"]]
        for code in self.codes:
            self.fields[f"score_{code}"] = forms.TypedChoiceField(
                label=labels[code],
                coerce=int,
                choices=[(score, str(score)) for score in range(lowest, highest + 1)],
                widget=forms.RadioSelect(attrs={"class": "scale"}),
            )
            self.fields[f"reason_{code}"] = forms.CharField(
                label=_("Reason"),
                required=False,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 2}),
                help_text=_("Needed for the lowest and the highest score."),
            )
        self.scale = (lowest, highest)

    def clean(self) -> dict:
        data = super().clean()
        for code in self.codes:
            if data.get(f"score_{code}") in self.scale and not data.get(f"reason_{code}", "").strip():
                self.add_error(f"reason_{code}", _("Give a reason for the lowest or the highest score."))
        return data

    @property
    def scores(self) -> dict[str, int]:
        return {code: self.cleaned_data[f"score_{code}"] for code in self.codes}

    @property
    def reasons(self) -> dict[str, str]:
        return {code: self.cleaned_data[f"reason_{code}"] for code in self.codes}


class DecisionForm(WatchedMixin, forms.Form):
    outcome = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Sealed with the decision."),
    )

    def __init__(self, *args, outcomes: dict[str, str], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = list(outcomes.items())


class RecusalForm(WatchedMixin, forms.Form):
    reason = forms.CharField(
        label=_("What connects you with this nominee"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example: you built, hosted, funded or trained for this site."),
    )
