"""Asking in a poll, and voting."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.forums.enums import Results
from communities.forums.forms.writing import seen
from communities.forums.models import Poll
from communities.forums.tags import visible
from network.accounts.zones import choices as zones
from network.accounts.zones import is_zone
from network.foundations.clock import wall_clock
from network.foundations.forms import WatchedMixin
from network.foundations.hours import HourField


class PollForm(WatchedMixin, forms.Form):
    """A poll: the question, an answer a line, and how it is answered."""

    question = forms.CharField(
        label=_("Question"),
        max_length=200,
        validators=[seen],
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    options = forms.CharField(
        label=_("Answers to choose from"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        help_text=_("Two to twelve, each on a line of its own."),
    )
    most = forms.IntegerField(label=_("How many one may choose"), initial=1, min_value=1, max_value=12)
    is_secret = forms.TypedChoiceField(
        label=_("Ballot"),
        choices=[
            ("open", _("Open: members see who chose what")),
            ("secret", _("Secret: members see who has voted, nobody sees what")),
        ],
        coerce=lambda value: value == "secret",
        initial="open",
        widget=forms.RadioSelect,
    )
    results = forms.ChoiceField(
        label=_("Results are shown"), choices=Results, initial=Results.ALWAYS, widget=forms.RadioSelect
    )
    may_change = forms.BooleanField(
        label=_("A vote may be changed until the poll closes"), required=False, initial=True
    )
    closes_at = HourField(
        label=_("Closes"),
        required=False,
        help_text=_("Left empty, it stays open until somebody closes it."),
    )
    zone = forms.ChoiceField(label=_("By the clock of"), choices=zones, required=False)

    def clean_question(self) -> str:
        return visible(self.cleaned_data["question"])

    def clean_options(self) -> list[str]:
        """Two answers that look the same are one: signs that nobody sees are left out."""
        lines = [visible(line) for line in self.cleaned_data["options"].splitlines()]
        options = [line for line in lines if line]
        if any(len(option) > 120 for option in options):
            raise forms.ValidationError(_("An answer has at most 120 letters."))
        return options

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        zone = cleaned.get("zone") or "UTC"
        cleaned["zone"] = zone if is_zone(zone) else "UTC"
        if cleaned.get("closes_at"):
            cleaned["closes_at"] = wall_clock(cleaned["closes_at"], cleaned["zone"])
        return cleaned


class VoteForm(forms.Form):
    """The answers of a poll: one of them, or several."""

    def __init__(self, data: Any = None, *, poll: Poll, own: list[int] | None) -> None:
        super().__init__(data, prefix=f"poll{poll.pk}")
        answers = [(str(number), text) for number, text in enumerate(poll.options)]
        chosen = [str(number) for number in own or []]
        if poll.most == 1:
            self.fields["choices"] = forms.ChoiceField(
                label=_("Your vote"), choices=answers, widget=forms.RadioSelect, initial="".join(chosen)
            )
        else:
            self.fields["choices"] = forms.MultipleChoiceField(
                label=_("Your vote"),
                choices=answers,
                widget=forms.CheckboxSelectMultiple,
                initial=chosen,
                help_text=_("Up to %(n)s answers.") % {"n": poll.most},
            )
        self._most = poll.most

    def clean_choices(self) -> list[int]:
        chosen = self.cleaned_data["choices"]
        numbers = [int(number) for number in ([chosen] if isinstance(chosen, str) else chosen)]
        if len(numbers) > self._most:
            raise forms.ValidationError(_("Choose at most %(n)s answers."), params={"n": self._most})
        return numbers
