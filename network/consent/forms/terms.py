"""What a record of consent can tell beside its preset: folded away, optional, sealed unless said."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from network.consent.actions import DutyTerm
from network.consent.enums import Agreement, Detail, DutyKind, Fact, Visibility
from network.consent.forms.fields import sealed_box
from network.consent.models import CommunityProtocol, KnowledgeItem

#: The note has its own place among what is asked first.
DETAILS = [detail for detail in Detail if detail is not Detail.NOTE]
#: Whose visibility is chosen, in the order of the table.
TOLD: list[Fact | Detail] = [*Fact, *Detail]
DUTIES = list(DutyKind)


def day_field(label: Any, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label, required=False, widget=forms.DateInput({"type": "date"}), help_text=help_text
    )


@dataclass(frozen=True)
class Fold:
    """Fields that are folded away under one heading; open where one of them is wrong."""

    title: Any
    fields: list[forms.BoundField]

    @property
    def is_open(self) -> bool:
        return any(field.errors for field in self.fields)


class TermsFields(forms.Form):
    """Mixed into the form of consent: how it came about, papers, what is owed, who reads what."""

    valid_from = day_field(_("The consent counts from"), _("Left empty: from now."))
    valid_until = day_field(
        _("The consent counts until and including"), _("Left empty: until the holders end it.")
    )
    protocol = forms.ModelChoiceField(
        label=_("Under which community protocol"),
        queryset=CommunityProtocol.objects.none(),
        required=False,
        empty_label=_("None"),
    )
    permit = forms.CharField(
        label=_("Certificate of compliance (IRCC) or permit number"),
        max_length=80,
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
        help_text=_("For example ABSCH-IRCC-XX-000000-1."),
    )
    agreement = forms.ChoiceField(
        label=_("Mutually agreed terms"),
        choices=[("", _("Not said")), *Agreement.choices],
        required=False,
    )
    attribution = forms.CharField(
        label=_("How to name the holders beside this"),
        max_length=300,
        required=False,
        widget=forms.TextInput({"dir": "auto"}),
        help_text=_("Everybody sees it. Left empty: as they wish to be named everywhere."),
    )

    def add_terms(self, item: KnowledgeItem) -> None:
        """The fields that come in rows: one for each detail, duty and choice of visibility."""
        protocols: Any = self.fields["protocol"]
        protocols.queryset = CommunityProtocol.objects.filter(holder__in=item.holders.all())
        protocols.label_from_instance = lambda found: f"{found.title} ({found.version})"
        for detail in DETAILS:
            self.fields[f"detail_{detail.value}"] = sealed_box(detail.label, rows=2)
        for duty in DUTIES:
            self._add_duty(duty)
        for told in TOLD:
            self.fields[f"read_{told.value}"] = forms.ChoiceField(
                label=told.label,
                choices=Visibility.choices,
                required=False,
                initial=Visibility.SEALED,
                widget=forms.RadioSelect,
            )

    def _add_duty(self, duty: DutyKind) -> None:
        self.fields[f"duty_{duty.value}"] = forms.BooleanField(label=duty.label, required=False)
        self.fields[f"duty_{duty.value}_words"] = sealed_box(_("In words (sealed)"), rows=2)
        if duty is DutyKind.ATTRIBUTION:
            return
        self.fields[f"duty_{duty.value}_due"] = day_field(_("Due on"))
        self.fields[f"duty_{duty.value}_suspends"] = forms.BooleanField(
            label=_("Once it is overdue, sharing pauses until it is brought"), required=False
        )

    def _names_of_duty(self, duty: DutyKind) -> list[str]:
        return [name for name in self.fields if name == f"duty_{duty}" or name.startswith(f"duty_{duty}_")]

    def clean_terms(self, typed: Mapping[str, Any]) -> None:
        """Errors that need two fields, each beside the one that has to change."""
        starts, ends = typed.get("valid_from"), typed.get("valid_until")
        if starts and ends and ends < starts:
            self.add_error("valid_until", __("The end must come after the start."))
        for duty in DUTIES:
            name = f"duty_{duty.value}"
            if typed.get(f"{name}_suspends") and not typed.get(f"{name}_due"):
                self.add_error(f"{name}_due", __("Say by when, or nothing is ever overdue."))
            more = [n for n in self._names_of_duty(duty) if n != name and typed.get(n)]
            if more and not typed.get(name):
                self.add_error(name, __("Tick this, or leave its details empty."))

    @property
    def folds(self) -> list[Fold]:
        duties = ["attribution", *(name for duty in DUTIES for name in self._names_of_duty(duty))]
        papers = ["valid_from", "valid_until", "protocol", "permit", "agreement"]
        return [
            self.fold(_("How it came about, point by point"), [f"detail_{d.value}" for d in DETAILS]),
            self.fold(_("Time and papers"), papers),
            self.fold(_("What is owed in return"), duties),
        ]

    def fold(self, title: Any, names: Iterable[str]) -> Fold:
        return Fold(title, [self[name] for name in names])

    @property
    def visibility_rows(self) -> list[forms.BoundField]:
        return [self[f"read_{told.value}"] for told in TOLD]

    @property
    def visibility_choices(self) -> list[str]:
        return [str(label) for _value, label in Visibility.choices]

    @property
    def visibility_open(self) -> bool:
        return any(row.errors for row in self.visibility_rows)

    @property
    def details_said(self) -> dict[Detail, str]:
        return {detail: self.cleaned_data[f"detail_{detail.value}"] for detail in DETAILS}

    @property
    def visibility(self) -> dict[str, str]:
        """What is not sealed: a record names nothing else."""
        chosen = {told.value: self.cleaned_data.get(f"read_{told.value}") for told in TOLD}
        return {name: value for name, value in chosen.items() if value and value != Visibility.SEALED}

    @property
    def duties(self) -> tuple[DutyTerm, ...]:
        typed = self.cleaned_data
        return tuple(
            DutyTerm(
                kind=duty,
                due_on=typed.get(f"duty_{duty.value}_due"),
                suspends=bool(typed.get(f"duty_{duty.value}_suspends")),
                words=typed.get(f"duty_{duty.value}_words", ""),
            )
            for duty in DUTIES
            if typed.get(f"duty_{duty.value}")
        )


def first_moment(day: date | None, zone: str) -> datetime | None:
    """The first moment of ``day`` where the person who writes it down lives."""
    return day and datetime.combine(day, time.min, ZoneInfo(zone))


def after(day: date | None, zone: str) -> datetime | None:
    """The first moment after ``day``."""
    return first_moment(day and day + timedelta(days=1), zone)
