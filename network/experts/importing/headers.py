"""Which column is which: the headers that offices write, in six languages."""

from functools import cache
from pathlib import Path

import yaml

from network.search.analyser import fold

_FILE = Path(__file__).parent / "headers.yaml"


def key(text: str) -> str:
    """What is compared of a header or a name: its letters and digits, folded."""
    return "".join(sign for sign in fold(text) if sign.isalnum())


@cache
def _fields() -> dict[str, str]:
    spellings = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return {key(spelling): field for field, listed in spellings.items() for spelling in listed}


def columns(header: list[str]) -> dict[str, int]:
    """Field to the number of the first column that holds it; columns that nobody knows are left alone."""
    found: dict[str, int] = {}
    for number, title in enumerate(header):
        field = _fields().get(key(title)) or _fields().get(key(title.partition("(")[0]))
        if field:
            found.setdefault(field, number)
    # A lone 'Nom' beside no 'Prénom' is the whole name.
    if "family" in found and "given" not in found and "name" not in found:
        found["name"] = found.pop("family")
    return found


def missing(found: dict[str, int]) -> list[str]:
    """What the table lacks to be a list of people."""
    lacks = [] if "email" in found else ["the e-mail address"]
    if "name" not in found and not {"given", "family"} <= found.keys():
        lacks.append("the name")
    return lacks
