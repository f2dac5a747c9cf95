"""How tags are written: what a line of them says, and when two are the same."""

import re
import unicodedata

#: On one thread.
MOST_TAGS = 5
LONGEST = 40
_LONGEST_KEY = 2 * LONGEST
#: Commas and semicolons of the scripts that people write in here.
_BETWEEN = re.compile(r"[,;،؛、，；\n]")
#: They join and part letters in Persian and in Indic scripts; every other invisible sign goes.
_JOINERS = "\u200c\u200d"


def names_in(line: str) -> list[str]:
    """The tags of a line, each spelling once, in their order."""
    found: dict[str, str] = {}
    for part in _BETWEEN.split(line):
        name = _clean(part)
        if name:
            found.setdefault(key_of(name), name)
    return list(found.values())


def visible(line: str) -> str:
    """``line`` without the signs that nobody sees; nothing where only those are in it."""
    spaced = " ".join(line.split())
    shown = "".join(
        c for c in spaced if c in _JOINERS or unicodedata.category(c) not in ("Cc", "Cf", "Co", "Cn")
    )
    shown = " ".join(shown.split())
    return shown if shown.strip(_JOINERS) else ""


def _clean(part: str) -> str:
    name = visible(unicodedata.normalize("NFKC", part)).strip("# ")
    return name if any(unicodedata.category(c)[0] in "LN" for c in name) else ""


def key_of(name: str) -> str:
    """The same for spellings that differ in case or in joining signs only. Some letters are several in it."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return folded.translate(dict.fromkeys(map(ord, _JOINERS)))[:_LONGEST_KEY]
