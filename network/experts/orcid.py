"""ORCID iDs: sixteen digits whose last one proves the others (ISO 7064 MOD 11-2)."""

import re

_SHAPE = re.compile(
    r"(?:https?://(?:www\.)?orcid\.org/)?(\d{4})-?(\d{4})-?(\d{4})-?(\d{3}[\dXx])/?", re.ASCII
)


def normal_form(text: str) -> str | None:
    """``0000-0002-1825-0097`` from an iD or its address; ``None`` where there is none or its check fails."""
    found = _SHAPE.fullmatch(text.strip())
    if not found:
        return None
    digits = "".join(found.groups()).upper()
    return "-".join(found.groups()).upper() if _check_digit(digits[:-1]) == digits[-1] else None


def _check_digit(digits: str) -> str:
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    remainder = (12 - total % 11) % 11
    return "X" if remainder == 10 else str(remainder)
