"""Asking for an extension, a late entry, a change of the rules."""

from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from network.calls.models import Call
from network.foundations.clock import wall_clock
from network.foundations.forms import WatchedMixin
from network.thesaurus.models import Term


class _ReasonForm(WatchedMixin, forms.Form):
    reason = forms.CharField(
        label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everybody can read it beside the change."),
    )  # fmt: skip
    #: The field whose hour is one of the call's official clock.
    instant = ""

    def __init__(self, *args, call: Call, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.call = call

    def clean(self) -> dict:
        data = super().clean()
        if data.get(self.instant):
            data[self.instant] = wall_clock(data[self.instant], self.call.zone)
        return data


def _instant(label: str, help_text: str) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label, help_text=help_text,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )  # fmt: skip


class ExtensionForm(_ReasonForm):
    field_order = ["closes_at", "reason"]
    closes_at = _instant(_("Closes"), _("By the official clock of this call. Everybody is told alike."))
    instant = "closes_at"


class GrantForm(_ReasonForm):
    field_order = ["party", "until", "reason"]
    party = forms.ModelChoiceField(label=_("Party"), queryset=Term.objects.none())
    until = _instant(_("May hand in until"), _("By the official clock of this call, after it has closed."))
    instant = "until"

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"].queryset = Term.objects.of("country").current()


class RulesForm(_ReasonForm):
    """The rules that may be asked about: how many scores a case needs, and what each criterion weighs."""

    def __init__(self, *args, labels: dict[str, str], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        rules = self.call.rules
        self.fields["quorum"] = forms.IntegerField(
            label=_("Scores that each nomination needs"), min_value=1, max_value=20, initial=rules["quorum"]
        )
        for criterion in self.added:
            code = criterion["code"]
            self.fields[f"weight_{code}"] = forms.IntegerField(
                label=_("Weight of %(criterion)s") % {"criterion": labels[code]},
                min_value=0, max_value=10, initial=criterion.get("weight", 1),
            )  # fmt: skip
        self.order_fields([name for name in self.fields if name != "reason"])

    @property
    def added(self) -> list[dict]:
        """The criteria that are added up; what stands apart weighs nothing against them."""
        return [criterion for criterion in self.call.rules["criteria"] if not criterion.get("apart")]

    @property
    def rules(self) -> dict:
        """The rules as they would stand: everything that was not asked about stays."""
        criteria = [
            {**criterion, "weight": self.cleaned_data[f"weight_{criterion['code']}"]}
            if not criterion.get("apart")
            else criterion
            for criterion in self.call.rules["criteria"]
        ]
        return {**self.call.rules, "quorum": self.cleaned_data["quorum"], "criteria": criteria}


class PlanForm(forms.Form):
    """At which instant the results go out by themselves."""

    release_at = forms.DateTimeField(
        label=_("Goes out by itself at"), required=False,
        help_text=_("By the official clock of this call. Left empty, a plan is taken back."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )  # fmt: skip

    def __init__(self, *args, call: Call, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.call = call

    def clean_release_at(self) -> datetime | None:
        typed = self.cleaned_data["release_at"]
        return wall_clock(typed, self.call.zone) if typed else None
