"""Questions that an edition asks beside the six criteria: typed, versioned, frozen with its rules.

They stand in the rules of the call: ``code``, ``version``, ``kind``, ``words``, ``options``, ``required``,
``asked``. A new wording is a new version, and an amendment that everybody is told of; each answer keeps the
version that it answers. What is no longer asked keeps its place, so that old answers can be read.
"""

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from network.awards.enums import QuestionKind
from network.awards.models import Nomination
from network.foundations.outward import leads_inward
from network.thesaurus.models import in_language

#: How the field of a question is called in a form and in a workbook.
PREFIX = "asked_"


@dataclass(frozen=True)
class Question:
    code: str
    version: int
    kind: str
    words: dict[str, str]
    options: list[str] = field(default_factory=list)
    required: bool = False
    asked: bool = True

    @property
    def text(self) -> str:
        return in_language(self.words)

    @property
    def kind_label(self) -> str:
        return str(QuestionKind(self.kind).label)

    @property
    def name(self) -> str:
        return PREFIX + self.code

    def form_field(self) -> forms.Field:
        """Nothing is needed for a draft; what is required is asked for when it is handed in."""
        said: dict[str, Any] = {"label": self.text, "required": False}
        if self.kind == QuestionKind.CHOICE:
            options = [("", "—"), *((option, option) for option in self.options)]
            return forms.ChoiceField(choices=options, **said)
        if self.kind == QuestionKind.NUMBER:
            return forms.DecimalField(max_digits=15, decimal_places=4, **said)
        if self.kind == QuestionKind.LINK:
            return OpenURLField(max_length=300, assume_scheme="https", **said)
        return forms.CharField(max_length=6000, widget=forms.Textarea(attrs={"rows": 4}), **said)


class OpenURLField(forms.URLField):
    """An address that everybody can open."""

    def clean(self, value: Any) -> str:
        address = super().clean(value)
        if address and leads_inward(address):
            raise forms.ValidationError(_("Nobody outside can open this address."))
        return address


def questions_of(rules: dict) -> list[Question]:
    return [Question(**question) for question in rules.get("questions", [])]


def asked_of(rules: dict) -> list[Question]:
    return [question for question in questions_of(rules) if question.asked]


def answered(nomination: Nomination) -> list[tuple[Question, str, bool]]:
    """Each question with its answer, and whether that was given to an earlier wording."""
    found = []
    for question in questions_of(nomination.edition.call.rules):
        answer = nomination.more.get(question.code, {})
        if question.asked or answer.get("value"):
            found.append((question, answer.get("value", ""), answer.get("version", 0) < question.version))
    return found


def with_version(question: Question, value: Any, before: dict) -> dict[str, Any]:
    """What is kept of an answer. One that has not been touched still answers what it answered then."""
    text = "" if value is None else str(value).strip()
    if text == before.get("value", "") and "version" in before:
        return before
    return {"version": question.version, "value": text}
