"""Form fields for what a profile holds."""

import re
import unicodedata
from collections.abc import Callable

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from network.experts import orcid
from network.experts.disclosure import term_label
from network.foundations.forms import RichTextFormField
from network.thesaurus.models import Term

#: Names that one person goes by in other scripts.
MAX_NAMES = 6
MAX_TAGS = 15
MAX_TAG_LENGTH = 50
# The commas of six languages, and line ends.
_BETWEEN_TAGS = re.compile(r"[,;،؛，；、\r\n]+")


def term_choices(domain: str) -> list[tuple[int, str]]:
    """The terms of a vocabulary in its own order; countries as the reader's alphabet has them."""
    choices = [(term.pk, term_label(term)) for term in Term.objects.of(domain).current()]
    return sorted(choices, key=lambda choice: _alphabetical(choice[1])) if domain == "country" else choices


def _alphabetical(label: str) -> str:
    return unicodedata.normalize("NFKD", label).casefold()


def _later(domain: str) -> Callable[[], list[tuple[int, str]]]:
    return lambda: term_choices(domain)


class TermField(forms.TypedChoiceField):
    """One term, or none."""

    def __init__(self, domain: str, **options) -> None:
        super().__init__(
            choices=lambda: [("", _("Not said")), *term_choices(domain)],
            coerce=int,
            empty_value=None,
            **options,
        )


class TermsField(forms.TypedMultipleChoiceField):
    """Any number of terms, as boxes to tick."""

    def __init__(self, domain: str, **options) -> None:
        super().__init__(
            choices=_later(domain), coerce=int, empty_value=[], widget=forms.CheckboxSelectMultiple, **options
        )


def keep_retired(field: TermField | TermsField, held: int | list[int] | None) -> None:
    """Offer also those of the ``held`` terms that are not in use any more."""
    pks = set(held if isinstance(held, list) else [held] if held else [])
    retired = [term for term in Term.objects.filter(pk__in=pks) if term.retired_on] if pks else []
    if retired:
        offered = list(field.choices)
        known = {value for value, _label in offered}
        field.choices = offered + [
            (term.pk, _("%(name)s (no longer in use)") % {"name": term_label(term)})
            for term in retired
            if term.pk not in known
        ]


class PlainLineField(forms.CharField):
    """One line of text without characters that only hide or reverse it."""

    def clean(self, value: str | None) -> str:
        visible = "".join(sign for sign in value or "" if not _deceives(sign))
        return super().clean(" ".join(visible.split()) if value else value)


def _deceives(sign: str) -> bool:
    """Controls, and overrides that make a line read backwards; joiners stay, some scripts need them."""
    category = unicodedata.category(sign)
    joins = sign in "\u200c\u200d"
    return (category in ("Cc", "Cf", "Cs", "Co") and not joins and not sign.isspace()) or sign == "\x00"


class NameField(PlainLineField):
    """A name as its person writes it: any script, one word or many, but something to read."""

    def clean(self, value: str | None) -> str:
        name = super().clean(value)
        if name and not any(unicodedata.category(sign)[0] == "L" for sign in name):
            raise ValidationError(_("Write your name with letters."))
        return name


class TagsField(forms.CharField):
    """Keywords between commas; the same keyword in other letters counts once."""

    def prepare_value(self, value: str | list[str] | None) -> str:
        return ", ".join(value) if isinstance(value, list | tuple) else value or ""

    def clean(self, value: str | None) -> list[str]:
        tags: dict[str, str] = {}
        for part in _BETWEEN_TAGS.split((super().clean(value) or "").replace("\x00", "")):
            tag = " ".join(part.split())
            if tag:
                tags.setdefault(tag.casefold(), tag)
        self._check(list(tags.values()))
        return sorted(tags.values())

    def _check(self, tags: list[str]) -> None:
        if len(tags) > MAX_TAGS:
            raise ValidationError(
                _("At most %(most)d keywords. You wrote %(number)d.")
                % {"most": MAX_TAGS, "number": len(tags)}
            )
        for tag in tags:
            if len(tag) > MAX_TAG_LENGTH:
                raise ValidationError(
                    _("“%(tag)s…” is too long for a keyword. Put commas between keywords.")
                    % {"tag": tag[:30]}
                )
            if not any(sign.isalnum() for sign in tag):
                raise ValidationError(_("“%(tag)s” is no keyword: it has no letters.") % {"tag": tag})


class OrcidField(forms.CharField):
    def clean(self, value: str | None) -> str:
        typed = super().clean(value)
        if not typed:
            return ""
        found = orcid.normal_form(typed)
        if found is None:
            raise ValidationError(
                _("This is no ORCID iD: those have sixteen digits, and one of these may be mistyped.")
            )
        return found


class BiographyField(RichTextFormField):
    """Rich text; a script in it is refused aloud rather than taken out in silence."""

    def to_python(self, value: str | None) -> str:
        if "<script" in (value or "").casefold():
            raise ValidationError(_("A biography cannot hold scripts. Take out what begins with “<script”."))
        return super().to_python(value)


class NamesField(forms.CharField):
    """Names, one in each line; the same one counts once."""

    widget = forms.Textarea

    def prepare_value(self, value: str | list[str] | None) -> str:
        return "\n".join(value) if isinstance(value, list | tuple) else value or ""

    def clean(self, value: str | None) -> list[str]:
        one = NameField(max_length=150)
        lines = (super().clean(value) or "").splitlines()
        names = [one.clean(line) for line in lines if line.strip()]
        if len(names) > MAX_NAMES:
            raise ValidationError(_("At most %(most)d names.") % {"most": MAX_NAMES})
        return list(dict.fromkeys(names))
