"""A paper, filled in from a profile, to be checked and mended before it is made."""

from typing import Any

from django import forms

from network.experts.documents import PAPERS, Paper
from network.experts.models import ExpertProfile

_LONGEST_LINE, _LONGEST_TEXT = 300, 20_000


class PaperForm(forms.Form):
    def __init__(self, *args: Any, paper: Paper, profile: ExpertProfile, **options: Any) -> None:
        super().__init__(*args, **options)
        for part in paper.parts:
            filled = part.fill(profile) if part.fill else ""
            self.fields[part.name] = forms.CharField(
                label=part.label,
                required=part.required,
                initial=filled,
                help_text=part.help,
                max_length=_LONGEST_LINE if part.line else _LONGEST_TEXT,
                widget=forms.TextInput(attrs={"dir": "auto"})
                if part.line
                else forms.Textarea(attrs={"rows": part.rows, "dir": "auto"}),
            )


def paper_named(name: str) -> Paper | None:
    return PAPERS.get(name)
