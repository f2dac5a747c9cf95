"""Asking for findings, scores and decisions; the same forms serve the public pages and the Wagtail admin."""

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.calls.enums import Outcome, SeatState
from network.foundations.clock import wall_clock
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
        help_text=_("Needed when you return the nomination; by the clock of %(zone)s."),
    )
    checked = forms.MultipleChoiceField(
        label=_("Holds"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("What is eligible holds on every point."),
    )  # fmt: skip
    field_order = ["checked", "outcome", "reason", "due_at"]

    def __init__(self, *args, checklist: dict[str, str] | None = None, zone: str = "UTC", **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        told = self.fields["due_at"].help_text
        self.fields["due_at"].help_text = str(told) % {"zone": zone}
        self.fields["checked"].choices = list((checklist or {}).items())

    def clean(self) -> dict:
        super().clean()
        data = self.cleaned_data
        outcome = data.get("outcome")
        points = [code for code, _label in self.fields["checked"].choices]
        if outcome == Outcome.ELIGIBLE and set(points) - set(data.get("checked", [])):
            self.add_error("checked", _("What is eligible holds on every point of the list."))
        if outcome in (Outcome.RETURNED, Outcome.INELIGIBLE) and not data.get("reason", "").strip():
            self.add_error("reason", _("Say why: the nominator reads this sentence."))
        if data.get("due_at"):
            data["due_at"] = wall_clock(data["due_at"], self.zone)
        if outcome == Outcome.RETURNED and "due_at" in data:
            due_at = data["due_at"]
            if due_at is None or due_at <= timezone.now():
                self.add_error("due_at", _("Say until when, at an instant still to come."))
        return data


class ReviewForm(WatchedMixin, forms.Form):
    """One score and one reason for each criterion of the call's frozen rules."""

    def __init__(self, *args, rules: dict, labels: dict[str, str], anchors=None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        lowest, highest = rules["scale"]
        self.codes = [criterion["code"] for criterion in rules["criteria"]]
        for code in self.codes:
            self.fields[f"score_{code}"] = forms.TypedChoiceField(
                label=labels[code],
                coerce=int,
                choices=[(score, str(score)) for score in range(lowest, highest + 1)],
                widget=forms.RadioSelect(attrs={"class": "scale"}),
                help_text=anchors(code) if anchors else "",
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
    def typed(self) -> tuple[dict[str, int], dict[str, str]]:
        """What is there to keep, whole or not: scores that are on the scale, and every reason."""
        self.is_valid()
        scores = {code: self.cleaned_data[f"score_{code}"] for code in self.codes
                  if isinstance(self.cleaned_data.get(f"score_{code}"), int)}  # fmt: skip
        return scores, {code: self.data.get(f"reason_{code}", "") for code in self.codes}

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


class SeatForm(WatchedMixin, forms.Form):
    """The answer to an invitation."""

    answer = forms.ChoiceField(
        label=_("Your answer"), widget=forms.RadioSelect,
        choices=[(SeatState.ACCEPTED.value, _("I accept")), (SeatState.DECLINED.value, _("I decline"))],
    )  # fmt: skip
    languages = forms.MultipleChoiceField(
        label=_("I read"), required=False, choices=settings.LANGUAGES, widget=forms.CheckboxSelectMultiple,
        help_text=_("Needed if you accept: files are given out by language."),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("If you decline and wish to say why."),
    )  # fmt: skip

    def clean(self) -> dict:
        data = super().clean()
        if data.get("answer") == SeatState.ACCEPTED and not data.get("languages"):
            self.add_error("languages", _("Say which languages you read: files are given out by them."))
        return data


class RemarkForm(WatchedMixin, forms.Form):
    text = forms.CharField(
        label=_("Your remark"), max_length=3000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The panel and the secretariat read it. It cannot be changed or taken back."),
    )  # fmt: skip


class LinkForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"), help_text=_("Of the office that the letter came from.")
    )


class NameForm(forms.Form):
    name = forms.CharField(label=_("Your name"), max_length=150)
