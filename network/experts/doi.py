"""DOIs: the names by which works are found, in the one spelling that is kept."""

import re
from urllib.parse import unquote

_SHAPE = re.compile(
    r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S{1,180})", re.IGNORECASE | re.ASCII
)


def normal_form(text: str) -> str | None:
    """``10.1000/182`` from a DOI or its address; ``None`` where there is none."""
    found = _SHAPE.fullmatch(unquote(text.strip()))
    return found.group(1).rstrip(".,;").lower() if found else None


def address(doi: str) -> str:
    """Where a reader finds the work."""
    return f"https://doi.org/{doi}" if doi else ""
