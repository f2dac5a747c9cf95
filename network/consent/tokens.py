"""Tokens: what stands in pages, posts, mails, caches and indexes in the place of knowledge.

A token is inert. It becomes text only on its way out, for one reader, in ``network.consent.egress``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

#: Where this is not found, there is no token: the one scan that a page without tokens pays for.
MARK = "[[tk:"
PATTERN = re.compile(
    r"\[\[tk:([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}):([a-z]{1,20}[0-9]{0,6})\]\]"
)


#: The name of parts that hold somebody's words until the holders have decided about them.
HELD = "held"


@dataclass(frozen=True)
class Token:
    """One part of one item."""

    item: UUID
    part: str

    def __str__(self) -> str:
        return f"{MARK}{self.item}:{self.part}]]"

    @property
    def is_held(self) -> bool:
        """Somebody's copy that waits for the holders, and no knowledge as they sealed it."""
        return self.part.rstrip("0123456789") == HELD

    @property
    def key(self) -> str:
        """The token without its brackets, as browsers send it back."""
        return f"{self.item}:{self.part}"


def from_match(match: re.Match[str]) -> Token:
    return Token(UUID(match[1]), match[2])


def find(text: str) -> Iterator[Token]:
    """The well-formed tokens of ``text`` in their order; whatever else looks like one is plain text."""
    if MARK in text:
        yield from map(from_match, PATTERN.finditer(text))


def parse_key(key: str) -> Token | None:
    return next(find(f"{MARK}{key}]]"), None)


def lease_key(token: Token, place: str) -> str:
    """How an open page names what it shows, and where, when it asks whether that is still shared."""
    return f"{token.key}@{place}" if place else token.key
