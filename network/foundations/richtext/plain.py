"""The words of a text, for indexes, mails and lists: without markup and without tokens."""

import re
import unicodedata
from html.parser import HTMLParser

from network.foundations.richtext.policy import BLOCKS, DROPPED_WITH_CONTENT, TOKEN

_SPACES = re.compile(r"[ \t\r\f\v]+")
_JOINS = frozenset("\u200c\u200d\ufe0e\ufe0f")
# The void ones of the dropped elements have no end tag, so nothing may wait for it.
_HIDING = DROPPED_WITH_CONTENT - {"embed", "link", "meta"}


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = 0
        self._verbatim = 0

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self._hidden += tag in _HIDING
        self._verbatim += tag == "pre"
        if tag == "br":
            self.parts.append("\n")
        elif tag == "li":
            self.parts.append("\n\n- ")
        elif tag in ("td", "th"):
            self.parts.append("\t")
        elif tag in BLOCKS or tag == "div":
            self.parts.append("\n\n")

    def handle_endtag(self, tag: str) -> None:
        self._hidden = max(0, self._hidden - (tag in _HIDING))
        self._verbatim = max(0, self._verbatim - (tag == "pre"))
        if (tag in BLOCKS and tag not in ("td", "th")) or tag == "div":
            self.parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(data if self._verbatim else data.replace("\n", " "))


def to_text(html: str) -> str:
    """The words of clean ``html``: a blank line between paragraphs, a dash before items, no token."""
    words = _Words()
    words.feed(TOKEN.sub(" ", html))
    words.close()
    text = TOKEN.sub(" ", "".join(words.parts)).replace("\u00a0", " ")
    lines = [_SPACES.sub(" ", line).strip() for line in text.split("\n")]
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines))
    # A paragraph inside an item begins right behind its dash; items follow one another closely.
    text = re.sub(r"(^|\n)-\n+", r"\1- ", text)
    text = re.sub(r"((?:^|\n)- [^\n]*)\n(?=\n- )", r"\1", text)
    return re.sub(r"(^|\n)-(?= *(\n|$))", r"\1", text).strip()


def is_empty(html: str) -> bool:
    """Nothing to read: no words, no token, no table cell worth a look."""
    return not TOKEN.search(html) and not to_text(html)


def excerpt(html: str, length: int = 200) -> str:
    """The beginning in one line of at most ``length`` characters, cut between words where there are any."""
    text = " ".join(to_text(html).split())
    if len(text) <= length:
        return text
    end = _grapheme_start(text, max(0, length - 1))
    space = text.rfind(" ", 0, end + 1)
    # Chinese and Thai have no spaces to cut at, and a long word should not eat the whole excerpt.
    if space > end * 0.6:
        end = space
    return text[:end].rstrip(" ,;:-–—") + "…"


def _grapheme_start(text: str, index: int) -> int:
    """The nearest place at or before ``index`` that does not tear a letter from its marks."""
    while 0 < index < len(text) and (
        _continues(text[index]) or text[index - 1] == "\u200d" or _in_flag(text, index)
    ):
        index -= 1
    return index


def _continues(sign: str) -> bool:
    return (
        unicodedata.category(sign).startswith("M") or sign in _JOINS or "\U0001f3fb" <= sign <= "\U0001f3ff"
    )


def _in_flag(text: str, index: int) -> bool:
    """Between the two letters of a flag: an odd number of regional indicators stands before."""
    count = 0
    while count < index and "\U0001f1e6" <= text[index - 1 - count] <= "\U0001f1ff":
        count += 1
    return count % 2 == 1 and "\U0001f1e6" <= text[index] <= "\U0001f1ff"
