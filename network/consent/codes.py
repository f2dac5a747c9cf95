"""Recovery codes: how they are made, read over the telephone, typed, and known again. Pure.

A code has 24 signs out of 20, about 103 bits: nobody guesses one, so a plain digest is enough to keep.
"""

import hashlib
import secrets
import unicodedata

# No vowels, so that no code spells a word; of signs that are mistaken for one another (0 O, 1 I L, 2 Z, 5 S,
# 8 B, 6 G, V U, 9 Q) one at most.
ALPHABET = "CDFHJKMNPRTVWXY34679"
_GROUPS, _IN_GROUP = 6, 4
#: Longer than any code, with whatever people write between its groups.
LONGEST_TYPED = 100


def new() -> str:
    """``CDFH-JKMN-PRTV-WXY3-4679-CDFH``"""
    groups = ("".join(secrets.choice(ALPHABET) for _sign in range(_IN_GROUP)) for _group in range(_GROUPS))
    return "-".join(groups)


def digest(typed: str) -> str:
    """The same for a code however it was typed: small letters, other digits, spaces or none."""
    return hashlib.sha256(b"recovery code " + _signs(typed).encode()).hexdigest()


def _signs(typed: str) -> str:
    plain = unicodedata.normalize("NFKC", typed[:LONGEST_TYPED]).upper()
    return "".join(_digit(sign) for sign in plain if sign.isalnum())


def _digit(sign: str) -> str:
    """Keyboards of some scripts write other digits."""
    return str(unicodedata.digit(sign)) if sign.isdigit() else sign
