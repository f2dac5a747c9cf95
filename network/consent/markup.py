"""Markup cut into pieces as browsers read it, so that what we take for running text is that for them as well.

HTML, 13.2.5: quotes count only where an attribute has its value, comments end in three ways, elements such as
``script`` hold no tags, and what is never closed goes on to the end. Nothing here takes long, whatever it
reads: quantifiers are possessive.
"""

import re
from collections.abc import Callable, Iterator
from enum import Enum


class Kind(Enum):
    """What a piece is: ``WORDS`` hold no markup (titles), ``DATA`` is linked data, ``OPAQUE`` is no text."""

    MARKUP = "markup"
    TEXT = "text"
    WORDS = "words"
    DATA = "data"
    OPAQUE = "opaque"


Piece = tuple[str, Kind]

_S = r"\t\n\f\r "
_QUOTED = r""""[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)"""
_ATTRIBUTE_NAME = rf"(?:=[^{_S}/>=]*+|[^{_S}/>=]++)"
_TAG = (
    rf"</?[a-zA-Z][^{_S}/>]*+"
    rf"(?:[{_S}/]++|{_ATTRIBUTE_NAME}(?:[{_S}]*+=[{_S}]*+(?:{_QUOTED}|[^{_S}>\"'][^{_S}>]*+|(?=>)|\Z))?+)*+"
    r"(?:>|\Z)"
)
_COMMENT = r"<!--(?:-?>|.*?(?:--!?>|\Z))"
_BOGUS = r"<(?:[!?]|/(?![a-zA-Z>]))[^>]*+(?:>|\Z)"
_CDATA = r"<!\[CDATA\[.*?(?:\]\]>|\Z)"
_HTML = re.compile(f"{_COMMENT}|{_TAG}|{_BOGUS}", re.DOTALL)
_FOREIGN = re.compile(f"{_COMMENT}|{_CDATA}|{_TAG}|{_BOGUS}", re.DOTALL)
_XML = re.compile(
    rf"<!--.*?(?:-->|\Z)|{_CDATA}|<\?.*?(?:\?>|\Z)|<[^\s<>?](?:[^>\"']++|{_QUOTED})*+(?:>|\Z)", re.DOTALL
)
_NAME = re.compile(rf"</?([^{_S}/>!?]+)")

#: Elements without tags in them, up to their end.
_RAW = {
    "script", "style", "textarea", "title", "iframe", "xmp", "noembed", "noframes", "noscript", "plaintext",
}  # fmt: skip
_ENDS = {name: re.compile(rf"</{name}(?=[{_S}/>])", re.IGNORECASE) for name in _RAW - {"script", "plaintext"}}
#: Elements with tags in them that are not shown, or not by the rules of HTML.
_APART = {"template", "svg", "math"}
_IN_SCRIPT = re.compile(rf"<!(?=--)|-->|<(/?)script(?=[{_S}/>])", re.IGNORECASE)


def element(tag: str) -> str:
    """The name of the element that ``tag`` begins or ends; empty for comments and the like."""
    match = _NAME.match(tag)
    return match[1].lower() if match else ""


def is_end(tag: str) -> bool:
    return tag.startswith("</")


def html(value: str) -> list[Piece]:
    """A page or a fragment in pieces that make it up again."""
    pieces: list[Piece] = []
    apart: list[str] = []
    in_option = False
    at = 0
    while match := (_FOREIGN if {"svg", "math"} & set(apart) else _HTML).search(value, at):
        kind = Kind.OPAQUE if apart else Kind.WORDS if in_option else Kind.TEXT
        tag, name = match[0], element(match[0])
        pieces += [(value[at : match.start()], kind), (tag, Kind.MARKUP)]
        at = match.end()
        _step(apart, tag, name)
        if name in ("option", "select"):
            in_option = name == "option" and not is_end(tag)
        if name in _RAW and not is_end(tag) and not {"svg", "math"} & set(apart):
            end = _end_of(name, value, at)
            pieces.append((value[at:end], Kind.OPAQUE if apart else _kind_within(name, tag)))
            at = end
    return [*pieces, (value[at:], Kind.OPAQUE if apart else Kind.WORDS if in_option else Kind.TEXT)]


def _step(apart: list[str], tag: str, name: str) -> None:
    """Into an element that stands apart, or out of it."""
    if name not in _APART:
        return
    if not is_end(tag):
        if name == "template" or not tag.endswith("/>"):
            apart.append(name)
    elif name in apart:
        del apart[len(apart) - 1 - apart[::-1].index(name) :]


def _kind_within(name: str, tag: str) -> Kind:
    if name == "title":
        return Kind.WORDS
    return Kind.DATA if name == "script" and "application/ld+json" in tag.lower() else Kind.OPAQUE


def _end_of(name: str, value: str, at: int) -> int:
    """Where the content of a raw element ends that begins at ``at``."""
    if name == "plaintext":
        return len(value)
    if name == "script":
        return _end_of_script(value, at)
    match = _ENDS[name].search(value, at)
    return match.start() if match else len(value)


def _end_of_script(value: str, at: int) -> int:
    """Inside something like a comment, a script within a script has an end of its own."""
    in_comment = in_inner = False
    for match in _IN_SCRIPT.finditer(value, at):
        found = match[0].lower()
        if found == "<!":
            in_comment = True
        elif found == "-->":
            in_comment = in_inner = False
        elif match[1] and not in_inner:
            return match.start()
        else:
            in_inner = in_comment and not match[1]
    return len(value)


_ATTRIBUTE = re.compile(
    rf"(?P<name>{_ATTRIBUTE_NAME})(?P<equals>[{_S}]*+=[{_S}]*+)"
    rf"""(?P<value>"[^"]*+"|'[^']*+'|[^{_S}>"'][^{_S}>]*+)|{_ATTRIBUTE_NAME}"""
)


def with_attributes(tag: str, names: set[str], change: Callable[[str], str]) -> str:
    """``tag`` with the quoted values of these attributes changed."""
    start = _NAME.match(tag)
    if start is None:
        return tag

    def changed(match: re.Match[str]) -> str:
        value = match["value"]
        if not value or value[0] not in "\"'" or match["name"].lower() not in names:
            return match[0]
        return match["name"] + match["equals"] + change(value)

    return tag[: start.end()] + _ATTRIBUTE.sub(changed, tag[start.end() :])


def xml(value: str) -> Iterator[tuple[str, bool]]:
    """A document in pieces, with whether each is markup."""
    at = 0
    for match in _XML.finditer(value):
        yield value[at : match.start()], False
        yield match[0], True
        at = match.end()
    yield value[at:], False
