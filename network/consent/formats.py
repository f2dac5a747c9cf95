"""The formats: where in each a text may stand in the place of a token, and how it is escaped there.

In titles, attributes, summaries and linked data, which travel further than their page, stand neutral words;
in other scripts, forms and addresses a token stays a token. Pure functions: ``fill`` says what stands in the
place.
"""

import json
import re
from collections.abc import Callable
from enum import Enum
from functools import partial

from django.utils.html import escape

from network.consent import markup
from network.consent.markup import Kind
from network.consent.tokens import MARK, PATTERN, Token, find, from_match


class Style(Enum):
    """How the place of a token wants to be filled."""

    BLOCK = "block"
    INLINE = "inline"
    PLAIN = "plain"
    NEUTRAL = "neutral"


Fill = Callable[[Token, Style], str]
Format = Callable[[str, Fill], str]


def _substitute(text: str, replace: Callable[[Token], str]) -> str:
    return PATTERN.sub(lambda match: replace(from_match(match)), text)


def text(value: str, fill: Fill) -> str:
    return _substitute(value, lambda token: fill(token, Style.PLAIN))


_SPOKEN = {"content", "alt", "title", "summary", "label", "placeholder", "aria-label", "aria-description"}


def html(value: str, fill: Fill) -> str:
    """A page or a fragment. A token alone in a paragraph becomes a block of its own."""
    pieces = markup.html(value)
    written: list[str] = []
    skip = -1
    for index, (piece, kind) in enumerate(pieces):
        if index == skip:
            continue
        if MARK not in piece or kind is Kind.OPAQUE:
            written.append(piece)
        elif kind is Kind.MARKUP:
            written.append(_neutral_attributes(piece, fill))
        elif kind is Kind.DATA:
            written.append(_substitute(piece, lambda token: _in_script(fill(token, Style.NEUTRAL))))
        elif kind is Kind.WORDS:
            written.append(_substitute(piece, lambda token: escape(fill(token, Style.NEUTRAL))))
        elif _alone_in_paragraph(pieces, index):
            written[-1] = fill(next(find(piece)), Style.BLOCK)
            skip = index + 1
        else:
            written.append(_substitute(piece, lambda token: fill(token, Style.INLINE)))
    return "".join(written)


def _in_script(words: str) -> str:
    """Words as part of a JSON string that stands in a page."""
    return json.dumps(words)[1:-1].replace("<", "\\u003c")


def _alone_in_paragraph(pieces: list[markup.Piece], index: int) -> bool:
    if not 0 < index < len(pieces) - 1 or not PATTERN.fullmatch(pieces[index][0].strip()):
        return False
    before, after = pieces[index - 1][0], pieces[index + 1][0]
    return markup.element(before) == "p" and not markup.is_end(before) and after.lower() == "</p>"


def _neutral_attributes(tag: str, fill: Fill) -> str:
    return markup.with_attributes(
        tag, _SPOKEN, lambda said: _substitute(said, lambda token: escape(fill(token, Style.NEUTRAL)))
    )


_NEUTRAL_ELEMENTS = {"title", "loc", "link", "id", "guid"}
_SUBSET = re.compile(r"<!DOCTYPE[^>]*\[", re.IGNORECASE)


def xml(value: str, fill: Fill) -> str:
    """A feed or another XML document. What a feed describes is read as HTML, so it is escaped once more."""
    if _SUBSET.search(value):  # it could say that anything means anything
        return value
    is_feed = re.search(r"<(rss|feed|rdf:RDF)\b", value[:2000]) is not None
    written: list[str] = []
    within: list[str] = []
    for piece, is_markup in markup.xml(value):
        is_cdata = piece.startswith("<![CDATA[") and piece.endswith("]]>")
        if MARK not in piece or {"script", "style"} & set(within) or (is_markup and not is_cdata):
            written.append(piece)
        else:
            style = Style.NEUTRAL if _NEUTRAL_ELEMENTS & set(within) else Style.PLAIN
            depth = 2 if is_feed and style is Style.PLAIN and not is_cdata else 1
            written.append(_substitute(piece, partial(_escaped, fill, style, depth)))
        if is_markup and not piece.startswith(("<!", "<?")):
            _step(within, piece)
    return "".join(written)


def _step(within: list[str], tag: str) -> None:
    """Into an element, or out of it; names without their prefix."""
    name = markup.element(tag).rpartition(":")[2]
    if markup.is_end(tag):
        if name in within:
            del within[len(within) - 1 - within[::-1].index(name) :]
    elif not tag.endswith("/>"):
        within.append(name)


def _escaped(fill: Fill, style: Style, depth: int, token: Token) -> str:
    written = fill(token, style)
    for _turn in range(depth):
        written = escape(written)
    return written


_LOOKS_LIKE_HTML = re.compile(r"</?[a-zA-Z][^<]*>")
_JSON = re.compile(r'"(?:[^"\\]++|\\.)*+"|[\[\]{}]')
_COLON = re.compile(r"\s*:")


def json_document(value: str, fill: Fill) -> str:
    """A JSON document: strings that hold markup, or are called so, are bound as HTML, the others as text.

    Names are left alone, and so is every string without a token, to the byte.
    """
    try:
        json.loads(value)
    except (ValueError, RecursionError):
        return value
    names = [""]

    def bound(match: re.Match[str]) -> str:
        found = match[0]
        if found in "[{":
            names.append(names[-1])
        elif found in "]}":
            names.pop()
        elif _COLON.match(value, match.end()):
            names[-1] = json.loads(found)
        else:
            return _json_text(found, fill, names[-1])
        return found

    return _JSON.sub(bound, value)


def _json_text(found: str, fill: Fill, name: str) -> str:
    said = json.loads(found)
    if MARK not in said:
        return found
    is_html = name.lower().endswith("html") or _LOOKS_LIKE_HTML.search(said)
    written = html(said, fill) if is_html else text(said, fill)
    return json.dumps(written, ensure_ascii=False) if written != said else found


def table(value: str, fill: Fill) -> str:
    """CSV, cell by cell; a text that a spreadsheet would take for a formula is defused."""
    delimiter = max(",;\t", key=value.partition("\n")[0].count)
    return re.sub(
        rf'(?:(?<=[{delimiter}\r\n])|\A)(?:"(?:[^"]++|"")*+"(?=[{delimiter}\r\n]|\Z)|[^{delimiter}\r\n]++)',
        lambda match: _cell(match[0], fill),
        value,
    )


def _cell(cell: str, fill: Fill) -> str:
    if MARK not in cell:
        return cell
    said = cell[1:-1].replace('""', '"') if len(cell) > 1 and cell[0] == cell[-1] == '"' else cell
    bound = text(said, fill)
    if bound == said:
        return cell
    if bound[:1] in "=+-@\t\r" and not said.startswith(bound[:1]):
        bound = f"'{bound}"
    return '"' + bound.replace('"', '""') + '"'


_NEUTRAL_PROPERTIES = {"SUMMARY", "LOCATION", "CATEGORIES"}
_TEXT_PROPERTIES = {"DESCRIPTION", "COMMENT"}
_LOGICAL_LINE = re.compile(r"[^\r\n]++(?:\r?\n[ \t][^\r\n]*+)*+")
_PROPERTY = re.compile(r"""([a-zA-Z0-9-]+)((?:[^":]++|"[^"]*+")*+:)""")


def calendar(value: str, fill: Fill) -> str:
    """iCalendar: a line with a token is unfolded, bound, escaped and folded again; the others stay."""
    return _LOGICAL_LINE.sub(lambda match: _calendar_line(match[0], fill), value)


def _calendar_line(folded: str, fill: Fill) -> str:
    line = re.sub(r"\r?\n[ \t]", "", folded)
    start = _PROPERTY.match(line)
    if MARK not in line or start is None:
        return folded
    name, said = start[1].upper(), line[start.end() :]
    if name in _NEUTRAL_PROPERTIES | _TEXT_PROPERTIES and PATTERN.search(said):
        style = Style.NEUTRAL if name in _NEUTRAL_PROPERTIES else Style.PLAIN
        return _fold(start[0] + _substitute(said, lambda token: _calendar_text(fill(token, style))))
    return folded


def _calendar_text(value: str) -> str:
    value = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return re.sub(r"\r\n?|\n", r"\\n", value)


def _fold(line: str) -> str:
    """Lines of at most 75 bytes, cut between characters (RFC 5545, 3.1)."""
    folded, size = [], 0
    for character in line:
        width = len(character.encode())
        if size + width > 75:
            folded.append("\r\n ")
            size = 1
        folded.append(character)
        size += width
    return "".join(folded)


FORMATS: dict[str, Format] = {
    "html": html,
    "json": json_document,
    "xml": xml,
    "text": text,
    "csv": table,
    "ics": calendar,
}
