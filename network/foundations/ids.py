"""Public identifiers: what stands in addresses instead of a row's number."""

import secrets
from collections.abc import Container

from django.db.models import QuerySet
from django.utils.text import slugify

# No vowels and no look-alikes: an id never spells a word and can be read out over the telephone.
_ALPHABET = "23456789bcdfghjkmnpqrstvwxz"


def public_id(length: int = 10) -> str:
    """A random id that cannot be guessed from its neighbours (27**10 is about 2 * 10**14)."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))


#: Without letters and digits that are taken for one another when a code is read from paper.
_ON_PAPER = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


def verification_code() -> str:
    """``K7QM-2XPA-9RTD``, to be typed from a certificate: nobody guesses one."""
    drawn = "".join(secrets.choice(_ON_PAPER) for _place in range(12))
    return "-".join(drawn[start : start + 4] for start in (0, 4, 8))


def readable_slug(text: str, fallback: str, length: int = 60) -> str:
    """``text`` as part of an address, other scripts kept; ``fallback`` where nothing of it remains."""
    return slugify(text, allow_unicode=True)[:length].strip("-_") or fallback


def free_slug(text: str, among: QuerySet, reserved: Container[str] = (), fallback: str = "") -> str:
    """``readable_slug`` of ``text``, made its own where one of ``among`` or a page of ours has it.

    Two who ask at the same moment may be told the same: the constraint of the table has the last word.
    """
    slug = readable_slug(text, fallback=fallback or public_id())
    taken = slug in reserved or among.filter(slug=slug).exists()
    return f"{slug}-{public_id(5)}" if taken else slug
