"""A word of the thesaurus, chosen from one of its domains."""

from typing import Any

from django import forms
from django.utils.functional import cached_property
from wagtail import blocks

from network.thesaurus.models import Term


class TermBlock(blocks.ChooserBlock):
    """A select with the current terms of ``domain``; keeps the term's id."""

    target_model = Term

    def __init__(self, domain: str, **kwargs: Any) -> None:
        self.domain = domain
        super().__init__(**kwargs)

    @cached_property
    def field(self) -> forms.ModelChoiceField:
        return forms.ModelChoiceField(
            queryset=Term.objects.of(self.domain).current(),
            required=self._required,
            help_text=self._help_text,
        )

    @cached_property
    def widget(self) -> forms.Widget:
        return self.field.widget

    def get_form_state(self, value: Term | None) -> int | str:
        return value.pk if value else ""
