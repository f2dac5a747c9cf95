"""The paragraphs of a post, as they can be picked and found again. Pure.

A paragraph is one block at the top of the clean HTML. It is known by the digest of its HTML, tokens of
knowledge included: a copy of the words is kept nowhere.
"""

import re
from dataclasses import dataclass
from hashlib import sha256

_TAG = re.compile(r"""</?([a-z0-9]+)(?:[^>"']|"[^"]*"|'[^']*')*>""")
_VOID = frozenset({"br", "hr", "img"})


@dataclass(frozen=True)
class Paragraph:
    """``is_quotation``: these are somebody else's words."""

    number: int
    html: str

    @property
    def digest(self) -> str:
        return digest_of(self.html)

    @property
    def is_quotation(self) -> bool:
        return self.html.startswith("<blockquote")


def digest_of(html: str) -> str:
    return sha256(html.encode()).hexdigest()[:16]


def paragraphs(html: str) -> list[Paragraph]:
    """The blocks of clean ``html`` in their order; text that stands outside of any is a block of its own."""
    pieces: list[str] = []
    depth = start = 0
    for tag in _TAG.finditer(html):
        if tag[1] in _VOID:
            continue
        if tag[0].startswith("</"):
            depth = max(depth - 1, 0)
            if depth == 0:
                pieces.append(html[start : tag.end()])
                start = tag.end()
            continue
        if depth == 0:
            pieces.append(html[start : tag.start()])
            start = tag.start()
        depth += 1
    pieces.append(html[start:])
    found = [piece.strip() for piece in pieces]
    return [Paragraph(number, piece) for number, piece in enumerate(filter(None, found), start=1)]


def found_again(html: str, digest: str) -> Paragraph | None:
    """The paragraph that had this digest, wherever it stands in the text by now."""
    return next((one for one in paragraphs(html) if one.digest == digest), None)
