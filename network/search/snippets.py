"""The piece of a text around the words that were searched, with those words marked."""

import re
from dataclasses import dataclass

from network.search import analyser
from network.search.query import Query

_LENGTH = 220
_BEFORE = 60
# Words with their marks; the analyser decides what of it is one word.
_WORD = re.compile(r"[^\W_][\w\u0300-\u036f\u064b-\u0652\u0670]*")


@dataclass(frozen=True)
class Part:
    """A stretch of text; ``marked`` where it was searched for. Templates escape it like any text."""

    text: str
    marked: bool = False


def snippet(texts: list[str], query: Query) -> list[Part]:
    """The best of ``texts`` around its first match; the beginning of the first where none holds one."""
    best: list[tuple[int, int]] = []
    source = ""
    for text in texts:
        places = _places(text, query)
        if len(places) > len(best):
            best, source = places, text
    return _cut(source or next(iter(texts), ""), best)


def mark(text: str, query: Query) -> list[Part]:
    """The whole of ``text``, a title, with its matches marked."""
    return _parts(text, _places(text, query), 0, len(text))


def _places(text: str, query: Query) -> list[tuple[int, int]]:
    """Where in ``text`` a word stands that the query looks for; neighbours are joined."""
    found: list[tuple[int, int]] = []
    for word in _WORD.finditer(text):
        for start, end in _hits(word.group(), query):
            start, end = start + word.start(), end + word.start()
            if found and start <= found[-1][1]:
                found[-1] = (found[-1][0], max(end, found[-1][1]))
            else:
                found.append((start, end))
    return found


def _hits(word: str, query: Query) -> list[tuple[int, int]]:
    if not any(analyser.is_unspaced(sign) for sign in word):
        return [(0, len(word))] if analyser.tokens_of(word) & query.tokens else []
    wanted = sorted(
        (token for token in query.tokens if analyser.is_unspaced(token[0])), key=len, reverse=True
    )
    hits = []
    for token in wanted:
        start = word.find(token)
        while start >= 0:
            hits.append((start, start + len(token)))
            start = word.find(token, start + 1)
    return sorted(hits)


def _cut(text: str, places: list[tuple[int, int]]) -> list[Part]:
    first, last = places[0] if places else (0, 0)
    start = _word_start(text, max(0, first - _BEFORE))
    end = _word_end(text, min(len(text), start + _LENGTH), last)
    parts = _parts(text, places, start, end)
    if start > 0:
        parts.insert(0, Part("… "))
    if end < len(text):
        parts.append(Part(" …"))
    return parts


def _word_start(text: str, at: int) -> int:
    """After the first space from ``at`` on, unless that is far: then the text has few spaces."""
    space = text.find(" ", at, at + 20)
    return at if at == 0 or space < 0 else space + 1


def _word_end(text: str, at: int, least: int) -> int:
    space = text.rfind(" ", max(least, at - 20), at)
    return at if at >= len(text) or space < 0 else space


def _parts(text: str, places: list[tuple[int, int]], start: int, end: int) -> list[Part]:
    parts: list[Part] = []
    at = start
    for first, last in places:
        if first >= end or last <= start:
            continue
        if first > at:
            parts.append(Part(text[at:first]))
        parts.append(Part(text[max(first, at) : min(last, end)], marked=True))
        at = min(last, end)
    if at < end:
        parts.append(Part(text[at:end]))
    return parts
