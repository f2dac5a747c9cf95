"""What changed from one text to the next, word by word."""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from network.foundations.richtext import to_text

#: Words beyond which two texts are shown whole: comparing costs the product of their lengths.
MOST_WORDS = 4000
_WORDS = re.compile(r"\s+|[^\s\u3040-\u30ff\u4e00-\u9fff]+|[\u3040-\u30ff\u4e00-\u9fff]")


@dataclass(frozen=True)
class Piece:
    """``kind`` is ``same``, ``gone`` or ``new``."""

    kind: str
    text: str


def differences(before: str, after: str) -> list[Piece]:
    """The words of two clean HTML texts, side by side in one line of reading."""
    old, new = _WORDS.findall(to_text(before)), _WORDS.findall(to_text(after))
    if len(old) + len(new) > 2 * MOST_WORDS:
        return [Piece("gone", "".join(old)), Piece("new", "".join(new))]
    return list(_pieces(old, new))


def _pieces(old: list[str], new: list[str]) -> Iterator[Piece]:
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if tag == "equal":
            yield Piece("same", "".join(old[old_from:old_to]))
            continue
        if old_from < old_to:
            yield Piece("gone", "".join(old[old_from:old_to]))
        if new_from < new_to:
            yield Piece("new", "".join(new[new_from:new_to]))
