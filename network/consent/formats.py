"""The formats: where in each a text may stand in the place of a token, and how it is escaped there.

In titles, attributes and summaries, which travel further than their page, stand neutral words; in scripts,
forms and addresses a token stays a token. Pure functions: ``fill`` says what stands in the place.
"""

import csv
import io
import json
import re
from collections.abc import Callable
from enum import Enum
from functools import partial
from typing import Any

from django.utils.html import escape

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


# Possessive quantifiers: a page cannot be written so that finding its tags takes long.
_MARKUP = re.compile(
    r"""<!--.*?-->|<!\[CDATA\[.*?\]\]>|</?[a-zA-Z](?:[^>"']++|"[^"]*+"|'[^']*+')*+>|<[!?][^>]*+>""", re.DOTALL
)
_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9:-]*)")
#: Elements whose content is no running text; ``title`` and ``option`` can hold words but no markup.
_OPAQUE = {
    "script",
    "style",
    "textarea",
    "iframe",
    "xmp",
    "template",
    "noembed",
    "noframes",
    "noscript",
    "plaintext",
}
_WORDS_ONLY = {"title", "option"}
_SPOKEN_ATTRIBUTE = re.compile(
    r"""(\s(?:content|alt|title|summary|label|placeholder|aria-label|aria-description)\s*=\s*)("[^"]*+"|'[^']*+')""",
    re.IGNORECASE,
)


def _pieces(value: str) -> list[tuple[str, bool]]:
    """``value`` cut into markup (True) and what stands between it."""
    pieces, at = [], 0
    for match in _MARKUP.finditer(value):
        pieces += [(value[at : match.start()], False), (match[0], True)]
        at = match.end()
    return [*pieces, (value[at:], False)]


def _element(tag: str) -> str:
    match = _NAME.match(tag)
    return match[1].lower() if match else ""


def html(value: str, fill: Fill) -> str:
    """A page or a fragment. A token alone in a paragraph becomes a block of its own."""
    pieces = _pieces(value)
    written: list[str] = []
    inside = ""  # the opaque element that we are in, if any
    skip = -1
    for index, (piece, is_markup) in enumerate(pieces):
        if index == skip:
            continue
        if is_markup:
            inside = _inside(inside, piece)
            written.append(_neutral_attributes(piece, fill))
        elif MARK not in piece or inside in _OPAQUE:
            written.append(piece)
        elif inside in _WORDS_ONLY:
            written.append(_substitute(piece, lambda token: escape(fill(token, Style.NEUTRAL))))
        elif _alone_in_paragraph(pieces, index):
            written[-1] = fill(next(find(piece)), Style.BLOCK)
            skip = index + 1
        else:
            written.append(_substitute(piece, lambda token: fill(token, Style.INLINE)))
    return "".join(written)


def _inside(inside: str, tag: str) -> str:
    element = _element(tag)
    if inside:
        return "" if tag.startswith("</") and element == inside else inside
    return element if not tag.startswith("</") and element in _OPAQUE | _WORDS_ONLY else ""


def _alone_in_paragraph(pieces: list[tuple[str, bool]], index: int) -> bool:
    before, after = pieces[index - 1 : index], pieces[index + 1 : index + 2]
    return bool(
        before
        and after
        and _element(before[0][0]) == "p"
        and not before[0][0].startswith("</")
        and after[0][0].lower() == "</p>"
        and PATTERN.fullmatch(pieces[index][0].strip())
    )


def _neutral_attributes(tag: str, fill: Fill) -> str:
    if MARK not in tag or tag.startswith("<!"):
        return tag
    return _SPOKEN_ATTRIBUTE.sub(
        lambda match: match[1] + _substitute(match[2], lambda token: escape(fill(token, Style.NEUTRAL))), tag
    )


def xml(value: str, fill: Fill) -> str:
    """A feed or another XML document. What a feed describes is read as HTML, so it is escaped once more."""
    is_feed = re.search(r"<(rss|feed|rdf:RDF)\b", value[:2000]) is not None
    written: list[str] = []
    element = ""
    for piece, is_markup in _pieces(value):
        if MARK not in piece:
            written.append(piece)
        elif not is_markup:
            style = (
                Style.NEUTRAL if element.rpartition(":")[2] in ("title", "loc", "link", "id") else Style.PLAIN
            )
            depth = 2 if is_feed and style is Style.PLAIN else 1
            written.append(_substitute(piece, partial(_escaped, fill, style, depth)))
        elif piece.startswith("<![CDATA["):
            style = Style.NEUTRAL if element == "title" else Style.PLAIN
            written.append(_substitute(piece, partial(_escaped, fill, style, 1)))
        else:
            written.append(piece)
        if is_markup and not piece.startswith("<!"):
            element = "" if piece.startswith("</") else _element(piece)
    return "".join(written)


def _escaped(fill: Fill, style: Style, depth: int, token: Token) -> str:
    written = fill(token, style)
    for _turn in range(depth):
        written = escape(written)
    return written


_LOOKS_LIKE_HTML = re.compile(r"</?[a-zA-Z][^<]*>")


def json_document(value: str, fill: Fill) -> str:
    """A JSON document: strings that hold markup, or are called so, are bound as HTML, the others as text."""
    try:
        document = json.loads(value)
    except ValueError:
        return value
    return json.dumps(_json(document, fill, ""), ensure_ascii=False)


def _json(node: Any, fill: Fill, name: str) -> Any:
    if isinstance(node, dict):
        return {key: _json(child, fill, key) for key, child in node.items()}
    if isinstance(node, list):
        return [_json(child, fill, name) for child in node]
    if isinstance(node, str) and MARK in node:
        is_html = name.lower().endswith("html") or _LOOKS_LIKE_HTML.search(node)
        return html(node, fill) if is_html else text(node, fill)
    return node


def table(value: str, fill: Fill) -> str:
    """CSV, cell by cell; a text that a spreadsheet would take for a formula is defused."""
    first_line = value.partition("\n")[0]
    delimiter = max(",;\t", key=first_line.count)
    written = io.StringIO()
    writer = csv.writer(written, delimiter=delimiter, lineterminator="\r\n" if "\r\n" in value else "\n")
    for row in csv.reader(io.StringIO(value, newline=""), delimiter=delimiter):
        writer.writerow([_cell(cell, fill) for cell in row])
    return written.getvalue()


def _cell(cell: str, fill: Fill) -> str:
    if MARK not in cell:
        return cell
    bound = text(cell, fill)
    return f"'{bound}" if bound[:1] in "=+-@\t\r" and not cell.startswith(bound[:1]) else bound


_NEUTRAL_PROPERTIES = {"SUMMARY", "LOCATION", "CATEGORIES"}
_TEXT_PROPERTIES = {"DESCRIPTION", "COMMENT"}


def calendar(value: str, fill: Fill) -> str:
    """iCalendar: unfolded, bound, escaped and folded again."""
    lines = re.sub(r"\r?\n[ \t]", "", value).splitlines()
    return "".join(_fold(_calendar_line(line, fill)) + "\r\n" for line in lines)


def _calendar_line(line: str, fill: Fill) -> str:
    if MARK not in line:
        return line
    name = re.split(r"[;:]", line, maxsplit=1)[0].upper()
    if name in _NEUTRAL_PROPERTIES:
        return _substitute(line, lambda token: _calendar_text(fill(token, Style.NEUTRAL)))
    if name in _TEXT_PROPERTIES:
        return _substitute(line, lambda token: _calendar_text(fill(token, Style.PLAIN)))
    return line


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
