"""Text on its way into a document: which way it runs, and without what no document may hold."""

import unicodedata

#: Controls, halves of signs, and what no script has given a meaning.
_UNPRINTED = frozenset({"Cc", "Cs", "Cn", "Co"})
#: Signs that turn the text around them: a line that holds one could reorder its neighbours.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def direction(text: str) -> str:
    """``rtl`` where the first letter with a direction runs from right to left."""
    for sign in text:
        found = unicodedata.bidirectional(sign)
        if found in ("R", "AL"):
            return "rtl"
        if found == "L":
            return "ltr"
    return "ltr"


def printable(text: str) -> str:
    """Without the signs that no document may hold, and those that turn the text around them."""
    return "".join(sign for sign in text if sign in "\n\t" or _is_printed(sign))


def _is_printed(sign: str) -> bool:
    return sign not in _TURNING and unicodedata.category(sign) not in _UNPRINTED
