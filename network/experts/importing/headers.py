"""Which column is which: the headers that offices write, in six languages."""

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml
from django.utils.translation import gettext as _

from network.search.analyser import fold

_FILE = Path(__file__).parent / "headers.yaml"
#: Known, so that nobody is asked what they hold, and left out: profiles keep nothing of the kind.
LEFT_OUT = frozenset({"telephone", "born", "reason"})
#: What two columns of a field are joined by: parts of a name stand beside each other.
_JOINED = {"name": " ", "given": " ", "family": " ", "biography": " "}


def key(text: str) -> str:
    """What is compared of a header or a name: its letters and digits, folded."""
    return "".join(sign for sign in fold(text) if sign.isalnum())


@cache
def _fields() -> dict[str, str]:
    spellings = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return {key(spelling): field for field, listed in spellings.items() for spelling in listed}


def field_of(title: str) -> str:
    """The field that a header names, or nothing; remarks in brackets, numbers and stars are passed over."""
    bare = title.partition("(")[0].partition("/")[0]
    for text in (title, title.partition("(")[0], bare):
        if found := _fields().get(key(text)) or _fields().get(key(text).rstrip("0123456789")):
            return found
    return ""


def known(header: list[str]) -> list[str]:
    """The fields of the titles that we know."""
    return [field for title in header if key(title) and (field := field_of(title))]


def how_many(header: list[str]) -> int:
    return len(known(header))


def columns(header: list[str]) -> dict[int, str]:
    """Number of each column that we know to what it holds; columns that nobody knows are left alone."""
    found = {
        number: field for number, title in enumerate(header) if key(title) and (field := field_of(title))
    }
    held = set(found.values())
    # A lone 'Nom' beside no 'Prénom' is the whole name.
    if "family" in held and not held & {"given", "name"}:
        found = {number: "name" if field == "family" else field for number, field in found.items()}
    return found


def missing(found: Mapping[int, str]) -> list[str]:
    """What the table lacks to be a list of people."""
    held = set(found.values())
    lacks = [] if "email" in held else [_("the e-mail address")]
    if "name" not in held and not {"given", "family"} <= held:
        lacks.append(_("the name"))
    return lacks


def told_by(cells: list[str], found: Mapping[int, str]) -> dict[str, str]:
    """What one row tells, by field; several columns of one field are joined."""
    parts: dict[str, list[str]] = {}
    for number, field in sorted(found.items()):
        if number < len(cells) and cells[number] and field not in LEFT_OUT:
            told = parts.setdefault(field, [])
            # One cell that is merged over two columns is told once.
            if cells[number] not in told:
                told.append(cells[number])
    return {field: _JOINED.get(field, "; ").join(cells) for field, cells in parts.items()}


def shape(header: list[str]) -> str:
    """By what a list is known to have the same columns as another one."""
    return hashlib.sha256("\n".join(key(title) for title in header).encode()).hexdigest()
