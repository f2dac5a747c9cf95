"""Asking what to bring into a profile, and what of that which was found."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from network.experts import cards, doi
from network.experts.bibliography import bibtex

#: DOIs that are looked up at once: each is a question to another service.
MOST_DOIS = 10


class BibtexForm(forms.Form):
    bibtex = forms.CharField(
        label=_("BibTeX"),
        required=False,
        max_length=bibtex.LONGEST,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "ltr", "spellcheck": "false"}),
        help_text=_("As your reference manager copies it."),
    )
    file = forms.FileField(
        label=_("Or a file"), required=False, widget=forms.FileInput(attrs={"accept": ".bib,text/plain"})
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        text, file = told.get("bibtex", ""), told.get("file")
        if file:
            if file.size > bibtex.LONGEST:
                raise ValidationError(_("This file is too large: a million letters are the most."))
            text = f"{text}\n{file.read().decode('utf-8-sig', 'replace')}"
        if not self.errors:
            self.works = bibtex.read(text)
            if not self.works:
                self.add_error(
                    "bibtex", _("There is no entry with a title in this. It begins like @article{…")
                )
        return told


class DoiForm(forms.Form):
    dois = forms.CharField(
        label=_("DOIs"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "ltr", "spellcheck": "false"}),
        help_text=_("One on each line, ten at most; their titles and authors are looked up."),
    )

    def clean_dois(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["dois"].split() if line.strip()]
        found = [doi.normal_form(line) for line in lines]
        if wrong := [line for line, one in zip(lines, found, strict=True) if one is None]:
            raise ValidationError(
                _("“%(line)s” is no DOI: those begin with 10."), params={"line": wrong[0][:60]}
            )
        if len(found) > MOST_DOIS:
            raise ValidationError(_("At most %(most)d at once."), params={"most": MOST_DOIS})
        return list(dict.fromkeys(one for one in found if one))


class OrcidLeaveForm(forms.Form):
    leave = forms.BooleanField(
        label=_("Read the public works and employments of this record, and show them to me"),
        error_messages={"required": _("Without your leave we ask nobody about you.")},
    )


class CardForm(forms.Form):
    file = forms.FileField(
        label=_("A card or a table"),
        allow_empty_file=True,
        help_text=_("vCard (.vcf) of an address book, or CSV with a header and your line below it."),
        widget=forms.FileInput(attrs={"accept": ".vcf,.csv,text/vcard,text/csv"}),
    )

    def clean_file(self) -> bytes:
        file = self.cleaned_data["file"]
        if not file.size:
            raise ValidationError(_("This file is empty. Choose it again."))
        if file.size > cards.LARGEST:
            raise ValidationError(_("This file is too large for a card."))
        return bytes(file.read())
