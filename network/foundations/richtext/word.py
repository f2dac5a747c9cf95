"""What Word and other writing programs mean by their markup."""

import re
from collections.abc import Iterable, Iterator

from network.foundations.richtext.parsing import Node

_LEVEL = re.compile(r"mso-list:\s*l\d+\s+level(\d)", re.IGNORECASE)
_MARKER = re.compile(r"mso-list:\s*ignore", re.IGNORECASE)
_NUMBERED = re.compile(r"^[\s\u00a0(]*(\d{1,3}|[a-zA-Z]|[ivxlcIVXLC]{1,6})[.)]")
_BOLD = re.compile(r"(?<![\w-])font-weight:\s*(bold|[6-9]00)", re.IGNORECASE)
_NOT_BOLD = re.compile(r"(?<![\w-])font-weight:\s*(normal|[1-4]00)", re.IGNORECASE)
_ITALIC = re.compile(r"(?<![\w-])font-style:\s*italic", re.IGNORECASE)
_STRUCK = re.compile(r"text-decoration[a-z-]*:[^;]*line-through", re.IGNORECASE)
_RAISED = re.compile(r"vertical-align:\s*(super|sub)\b", re.IGNORECASE)
_INLINE = frozenset({"code", "em", "s", "strong", "sub", "sup"})


def meanings(node: Node, tag: str) -> list[str]:
    """What the span stands for, innermost first: its own tag, or what its style says in other words."""
    style = node.attributes.get("style", "")
    found = [tag] if tag in _INLINE and not (tag == "strong" and _NOT_BOLD.search(style)) else []
    if tag in ("span", "font"):
        if _BOLD.search(style):
            found.append("strong")
        if _ITALIC.search(style):
            found.append("em")
        if _STRUCK.search(style):
            found.append("s")
        if raised := _RAISED.search(style):
            found.append("sup" if raised[1].lower() == "super" else "sub")
    return found


def lists(children: Iterable[Node | str]) -> Iterator[Node | str]:
    """Paragraphs that Word only dresses up as items become real lists; markers drawn as text go."""
    items: list[tuple[int, Node]] = []
    for child in children:
        level = _level(child)
        if level:
            items.append((level, child))  # type: ignore[arg-type]
            continue
        if items and isinstance(child, str) and not child.strip():
            continue
        if items:
            yield from _nested(items)
            items = []
        if isinstance(child, str) or not _MARKER.search(child.attributes.get("style", "")):
            yield child
    if items:
        yield from _nested(items)


def _level(child: Node | str) -> int:
    if isinstance(child, str) or child.tag != "p":
        return 0
    found = _LEVEL.search(child.attributes.get("style", ""))
    return min(int(found[1]), 9) if found else 0


def _nested(items: list[tuple[int, Node]]) -> list[Node]:
    """One list for each run of items on the first item's level, deeper ones inside the item before them."""
    top = items[0][0]
    out: list[Node] = []
    index = 0
    while index < len(items):
        level, paragraph = items[index]
        if level > top and out:
            end = index
            while end < len(items) and items[end][0] > top:
                end += 1
            out[-1].children[-1].children.extend(_nested(items[index:end]))  # type: ignore[union-attr]
            index = end
            continue
        tag = "ol" if _NUMBERED.match(_marker(paragraph)) else "ul"
        if not out or out[-1].tag != tag:
            out.append(Node(tag))
        out[-1].children.append(Node("li", {}, paragraph.children))
        index += 1
    return out


def _marker(node: Node) -> str:
    """The bullet or number that Word wrote into the paragraph."""
    for child in node.children:
        if isinstance(child, Node):
            if _MARKER.search(child.attributes.get("style", "")):
                return _text(child)
            if found := _marker(child):
                return found
    return ""


def _text(node: Node) -> str:
    return "".join(child if isinstance(child, str) else _text(child) for child in node.children)
