"""The rules of a registration desk, and what its keepers decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.forms import ReasonForm
from home.events.actions.keeping import MOST_QUESTIONS, RULES
from home.events.enums import Asking, PlaceState
from home.events.models import Desk, EventPage, Question
from network.foundations.clock import wall_clock, zone_name, zone_of
from network.foundations.forms import WatchedMixin
from network.foundations.hours import HourField, on_the_clock
from network.thesaurus.models import Term

_HOURS = ("opens_at", "closes_at", "quotas_until")


class DeskForm(forms.ModelForm):
    """All rules of the desk; every hour is one of the clock at the event."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    meeting_url = forms.URLField(
        label=_("Address of the online meeting"),
        max_length=300,
        required=False,
        assume_scheme="https",
        help_text=_("Shown only to those who have a place, when it is time."),
    )
    opens_at = HourField(label=_("Registration opens"), required=False)
    closes_at = HourField(label=_("Registration closes"), required=False)
    quotas_until = HourField(
        label=_("Quotas hold until"),
        required=False,
        help_text=_("Then unused places are for everybody. Left empty, they hold until the end."),
    )

    class Meta:
        model = Desk
        fields = RULES

    def __init__(self, *args: Any, event: EventPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.event = event
        self.initial["version"] = self.instance.version if self.instance.pk else 0
        for name in _HOURS:
            self.initial[name] = on_the_clock(getattr(self.instance, name), event.zone)
        city = zone_name(zone_of(event.zone))
        self.fields["opens_at"].help_text = _(
            "By the clock at the event (%(city)s), like every hour here. Left empty, it is open at once."
        ) % {"city": city}
        self.fields["closes_at"].help_text = _("Left empty, it closes when the event ends.")
        self.regions = {f"quota_{term.pk}": term for term in Term.objects.of("un-region").current()}
        kept = dict(self.instance.quotas.values_list("region", "places")) if self.instance.pk else {}
        for name, term in self.regions.items():
            self.fields[name] = forms.IntegerField(
                label=_("Kept for %(region)s") % {"region": term.name},
                required=False,
                min_value=0,
                max_value=1_000_000,
                initial=kept.get(term.pk),
            )

    @property
    def fold_title(self) -> Any:
        return _("Places kept for regions")

    @property
    def folded(self) -> list[forms.BoundField]:
        return [self["quotas_until"], *(self[name] for name in self.regions)]

    @property
    def fold_open(self) -> bool:
        return any(field.value() or field.errors for field in self.folded)

    @property
    def unfolded(self) -> list[forms.BoundField]:
        folded = {"quotas_until", *self.regions}
        return [field for field in self.visible_fields() if field.name not in folded]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name in _HOURS:
            if data.get(name):
                data[name] = wall_clock(data[name], self.event.zone)
        if data.get("opens_at") and data.get("closes_at") and data["closes_at"] <= data["opens_at"]:
            self.add_error("closes_at", _("Registration closes before it opens."))
        return data

    def renew_version(self, current: Desk) -> None:
        """Saving again then replaces what was saved in the meantime."""
        self.data: Any = self.data.copy()
        self.data["version"] = current.version

    def values(self) -> dict[str, Any]:
        rules = {name: self.cleaned_data[name] for name in RULES}
        quotas = {term.pk: self.cleaned_data[name] or 0 for name, term in self.regions.items()}
        return {**rules, "quotas": {region: places for region, places in quotas.items() if places}}


class QuestionForm(WatchedMixin, forms.Form):
    """One question; left empty, there is none."""

    text = forms.CharField(label=_("Question"), max_length=200, required=False)
    purpose = forms.CharField(
        label=_("What for"),
        max_length=200,
        required=False,
        help_text=_("Stands below the question: why you ask, and who reads it."),
    )
    kind = forms.ChoiceField(label=_("Answer"), choices=Asking.choices)
    choices = forms.CharField(
        label=_("Answers to choose from"),
        required=False,
        max_length=2000,
        help_text=_("Each on a line of its own."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    required = forms.BooleanField(label=_("Has to be answered"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("text"):
            return data
        if not data.get("purpose"):
            self.add_error("purpose", _("Say what the answer is for."))
        lines = (line.strip()[:200] for line in data.get("choices", "").splitlines())
        data["choices"] = list(dict.fromkeys(filter(None, lines)))[:20]
        if data.get("kind") == Asking.CHOICE and len(data["choices"]) < 2:
            self.add_error("choices", _("Give two answers at least, each on a line of its own."))
        return data


class _Questions(forms.BaseFormSet):
    def values(self) -> list[dict[str, Any]]:
        """The questions that were asked; a row without words is left out."""
        return [form.cleaned_data for form in self.forms if form.cleaned_data.get("text")]

    @staticmethod
    def of(desk: Desk | None) -> list[dict[str, Any]]:
        """What stands in the rows at first."""
        asked: list[Question] = list(desk.questions.all()) if desk else []
        return [
            {
                "text": one.text, "purpose": one.purpose, "kind": one.kind,
                "choices": "\n".join(one.choices), "required": one.required,
            }
            for one in asked
        ]  # fmt: skip


QuestionFormSet = forms.formset_factory(
    QuestionForm,
    formset=_Questions,
    extra=2,
    max_num=MOST_QUESTIONS,
    absolute_max=MOST_QUESTIONS,
    validate_max=True,
)


class TurnAwayForm(ReasonForm):
    """Why somebody gets no place, or loses hers."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = _("The person reads it.")


class DeskFilter(forms.Form):
    """Whom the list at the desk shows."""

    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All")), *PlaceState.choices])
    q = forms.CharField(label=_("Name or code"), required=False, max_length=100)
