"""From the words of a mail to its HTML part."""

import re
from dataclasses import dataclass

_ADDRESS = re.compile(r"https?://\S+")


@dataclass(frozen=True)
class Paragraph:
    """One paragraph: words, an address to open, or a code to type."""

    kind: str
    text: str


def paragraphs(text: str, code: str = "") -> list[Paragraph]:
    """``text`` without its signature, cut at its empty lines; an address or the ``code`` alone in a
    paragraph stands out."""
    words, _, _ = text.partition("\n-- \n")
    found = []
    for block in re.split(r"\n\s*\n", words.strip()):
        block = block.strip()
        if code and block == code:
            kind = "code"
        elif _ADDRESS.fullmatch(block):
            kind = "link"
        else:
            kind = "words"
        found.append(Paragraph(kind, block))
    return found
