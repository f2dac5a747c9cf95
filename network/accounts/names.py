"""Names as people write them, in any script."""

import unicodedata

#: Marks that turn the reading direction of what follows: in a name they can only forge another one.
_DIRECTION = {*"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"}


def clean_name(raw: str) -> str:
    """``raw`` composed (NFC), on one line, without invisible control marks.

    Joiners stay: Arabic, Persian and Indic names and emoji need them.
    """
    composed = unicodedata.normalize("NFC", raw)
    kept = "".join(
        " " if unicodedata.category(char) in {"Cc", "Zl", "Zp"} else char
        for char in composed
        if char not in _DIRECTION
    )
    return " ".join(kept.split())
