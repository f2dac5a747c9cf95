"""A change of a profile in words: field by field, what went and what came."""

from dataclasses import dataclass
from typing import Any

from django.utils.html import escape, linebreaks
from django.utils.translation import gettext as _

from network.experts import sections
from network.experts.enums import Field, Visibility
from network.experts.models import Revision
from network.experts.section_forms import language_name
from network.experts.summaries import in_words, label_of
from network.foundations.differences import Piece, differences


@dataclass(frozen=True)
class Changed:
    """One field: what stood there and what stands there now, word by word."""

    label: str
    pieces: list[Piece]


@dataclass(frozen=True)
class Change:
    """One saving of one section."""

    revision: Revision
    title: str
    fields: list[Changed]
    seen: list[str]
    can_be_brought_back: bool


def told(revision: Revision) -> Change:
    section = sections.find(revision.section)
    before, after = revision.before, revision.after
    fields = [
        Changed(_label(name), differences(_text(name, before["values"].get(name)), _text(name, value)))
        for name, value in after["values"].items()
        if before["values"].get(name) != value
    ]
    return Change(
        revision=revision,
        title=_title(section) if section else revision.section,
        fields=fields,
        seen=_seen(before["visibility"], after["visibility"]),
        can_be_brought_back=bool(section and fields),
    )


def _title(section: sections.Section) -> str:
    if code := sections.language_of(section):
        return _("Your text in %(language)s") % {"language": language_name(code)}
    return str(section.title)


def _label(name: str) -> str:
    return label_of(name) if not name.startswith("translation-") else _("Text")


def _text(name: str, value: Any) -> str:
    """As clean HTML, which is what differences are made of."""
    if name == Field.BIOGRAPHY:
        return value or ""
    return linebreaks(escape("\n".join(in_words(name, value)))) if name != Field.NAME else escape(value or "")


def _seen(before: dict[str, int], after: dict[str, int]) -> list[str]:
    return [
        _("%(field)s: seen by “%(now)s” instead of “%(before)s”")
        % {
            "field": label_of(name),
            "now": Visibility(level).label,
            "before": Visibility(before[name]).label,
        }
        for name, level in after.items()
        if name in before and before[name] != level
    ]
