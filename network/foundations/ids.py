"""Public identifiers: what stands in addresses instead of a row's number."""

import secrets

from django.utils.text import slugify

# No vowels and no look-alikes: an id never spells a word and can be read out over the telephone.
_ALPHABET = "23456789bcdfghjkmnpqrstvwxz"


def public_id(length: int = 10) -> str:
    """A random id that cannot be guessed from its neighbours (27**10 is about 2 * 10**14)."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))


def readable_slug(text: str, fallback: str, length: int = 60) -> str:
    """``text`` as part of an address, other scripts kept; ``fallback`` where nothing of it remains."""
    return slugify(text, allow_unicode=True)[:length].strip("-_") or fallback
