"""The one allow list. Both nets, bleach and nh3, are built from these constants and from nothing else.

What a professional discussion needs, and no more: no images (a picture from elsewhere would tell
its owner who reads), no classes, styles or ids (text must not dress up as part of the page), no
underline (it looks like a link). Headings start at ``h2``, for the page owns ``h1``.
"""

import re

INLINE = frozenset({"a", "br", "code", "em", "s", "strong", "sub", "sup"})
TEXT_BLOCKS = frozenset({"h2", "h3", "h4", "p", "pre"})
HOLDERS = frozenset({"blockquote", "li", "ol", "ul"})
TABLE = frozenset({"caption", "table", "tbody", "td", "tfoot", "th", "thead", "tr"})
TAGS = INLINE | TEXT_BLOCKS | HOLDERS | TABLE | {"hr"}
BLOCKS = TAGS - INLINE

#: Attribute names by tag; their values are checked by ``ATTRIBUTE_VALUES`` where it names them.
ATTRIBUTES: dict[str, frozenset[str]] = {
    "a": frozenset({"href"}),
    "ol": frozenset({"start"}),
    "td": frozenset({"colspan", "rowspan"}),
    "th": frozenset({"colspan", "rowspan"}),
}
#: What every link says of itself: vouched for by nobody, written by a user, no hold on our window.
LINK_REL = "nofollow ugc noopener"
_DIRECTIONS = frozenset({"auto", "ltr", "rtl"})
#: Attributes that may hold one of a few words only.
ATTRIBUTE_VALUES: dict[str, dict[str, frozenset[str]]] = {
    "a": {"rel": frozenset({LINK_REL})},
    "th": {"scope": frozenset({"col", "row"})},
    **{tag: {"dir": _DIRECTIONS} for tag in ("blockquote", "h2", "h3", "h4", "ol", "p", "ul")},
}
#: Attributes that hold a small whole number.
NUMBERS = frozenset({"colspan", "rowspan", "start"})
SCHEMES = frozenset({"http", "https", "mailto"})

#: Elements that vanish together with what stands in them.
DROPPED_WITH_CONTENT = frozenset(
    {"applet", "audio", "canvas", "embed", "frameset", "head", "iframe", "link", "map", "math", "meta"}
    | {"noembed", "noframes", "object", "picture", "script", "style", "svg", "template", "title", "video"}
    | {"xml"}
)

#: An inert token of the consent room: never cut, never in an attribute, no words in plain text.
TOKEN = re.compile(r"\[\[tk:[0-9a-fA-F-]{36}:[^\[\]\s]{1,64}\]\]")

MAX_LENGTH = 150_000
MAX_DEPTH = 60
MAX_ELEMENTS = 12_000
MAX_ATTRIBUTES = 60
MAX_HREF = 2_000
