"""Choosing terms: one query, names in the reader's language, grouped as the vocabulary is."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator, ModelChoiceIteratorValue
from django.utils.translation import get_language

from network.foundations.forms import RowsField
from network.thesaurus.enums import READ_BY_NAME
from network.thesaurus.models import Term
from network.thesaurus.sorting import sort_key


def arranged(terms: list[Term]) -> list[tuple[str, list[Term]]]:
    """``terms`` under their headings, both in the order of the reader's language where names count."""
    language = get_language() or "en"
    headed = [(term.heading, term) for term in terms]
    by_name = bool(terms) and terms[0].domain_id in READ_BY_NAME
    if by_name:
        # Groups of our own keep the order in which the vocabulary has them; broader terms go by name.
        places: dict[str, Any] = {}
        for heading, term in headed:
            places.setdefault(heading, sort_key(heading, language) if term.parent_id else (len(places),))
        headed.sort(key=lambda pair: (places[pair[0]], sort_key(pair[1].name, language)))
    return [
        (heading, [term for _h, term in group]) for heading, group in groupby(headed, lambda pair: pair[0])
    ]


class TermIterator(ModelChoiceIterator):
    """The choices of a form field, grouped."""

    def __iter__(self) -> Iterator:
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        groups = arranged(list(self.queryset.select_related("parent")))
        for heading, terms in groups:
            options = [
                (ModelChoiceIteratorValue(term.pk, term), self.field.label_from_instance(term))
                for term in terms
            ]
            if heading and len(groups) > 1:
                yield (heading, options)
            else:
                yield from options


class TermCheckboxes(forms.CheckboxSelectMultiple):
    """Check boxes under headings that open and close: usable by keyboard, touch and voice."""

    template_name = "thesaurus/widgets/terms.html"


class _TermField:
    """What both fields share: the current terms of one vocabulary."""

    iterator = TermIterator

    def __init__(self, domain: str, **kwargs: Any) -> None:
        self.domain = domain
        super().__init__(queryset=Term.objects.of(domain).current(), **kwargs)  # type: ignore[call-arg]

    def label_from_instance(self, term: Term) -> str:
        return term.label


class TermChoiceField(_TermField, forms.ModelChoiceField):
    """One term: ``TermChoiceField("country")``."""


class TermMultipleChoiceField(_TermField, RowsField):
    """Several terms: ``TermMultipleChoiceField("language", required=False)``."""

    widget = TermCheckboxes
