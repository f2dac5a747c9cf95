"""Telling what came from the editor from what was typed into a bare text box."""

import html
import re

from network.foundations.richtext.policy import TAGS

_WRITTEN_BY_MACHINES = "|".join(
    sorted(TAGS | {"b", "body", "div", "font", "h1", "html", "i", "meta", "script", "span"})
)
_STARTS_WITH_TAG = re.compile(rf"\s*(<!--|<!doctype|<({_WRITTEN_BY_MACHINES})(\s[^<]*)?/?>)", re.IGNORECASE)


def looks_like_html(text: str) -> bool:
    """The editor's text, and a pasted page, begin with a tag; what a person types begins with a word."""
    return bool(_STARTS_WITH_TAG.match(text))


def from_plain_text(text: str) -> str:
    """Typed lines as HTML: an empty line ends a paragraph, a line end is a line break."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    paragraphs = [part.strip("\n") for part in re.split(r"\n[ \t]*\n", lines) if part.strip()]
    return "".join(f"<p>{html.escape(part, quote=False).replace(chr(10), '<br>')}</p>" for part in paragraphs)
