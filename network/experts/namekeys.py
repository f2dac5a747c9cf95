"""A name as it is compared: folded, its words in order, so that “WANJIRU, Amina” is “Amina Wanjiru”."""

import re
from collections.abc import Iterable

from network.search.analyser import fold

_WORD = re.compile(r"[^\W\d_]+")
#: A single short word says too little to be taken for the same person.
SHORTEST = 2


def key_of(name: str) -> str:
    """Empty where there is nothing to compare."""
    words = sorted(_WORD.findall(fold(name)))
    key = " ".join(words)[:150]
    return key if len(key) >= SHORTEST else ""


def keys_of(names: Iterable[str]) -> set[str]:
    """One for each script in which somebody writes her name."""
    return {key for name in names if (key := key_of(name))}
