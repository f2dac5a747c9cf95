"""Reading HTML as a browser does, within limits: hostile input costs no more than honest input."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from bleach import html5lib_shim
from bleach._vendor.html5lib import treebuilders
from bleach._vendor.html5lib._tokenizer import HTMLTokenizer
from bleach._vendor.html5lib.constants import _ReparseException as ReparseException

from network.foundations.richtext import policy


class TooMuch(Exception):
    """The text asks for more work than a text may."""

    def __init__(self, *, deep: bool = False) -> None:
        super().__init__("nested too deeply" if deep else "too long")
        self.deep = deep

    def sentence(self, gettext: Callable[[str], str]) -> str:
        if self.deep:
            return gettext(
                "Lists or quotations in this text are nested too deeply. Move some of them up a level."
            )
        return gettext("This text is too long. Shorten it, or attach the rest as a document.")


@dataclass
class Node:
    """One element: simpler to rebuild than the parser's own, whose text hangs on its neighbours."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: "list[Node | str]" = field(default_factory=list)


class _BoundedTokenizer(HTMLTokenizer):
    """Each attribute is compared with all before it: a tag with thousands would cost their square."""

    def _count(self) -> None:
        if len(self.currentToken["data"]) > policy.MAX_ATTRIBUTES:
            raise TooMuch

    def beforeAttributeNameState(self) -> bool:
        self._count()
        return super().beforeAttributeNameState()

    def afterAttributeNameState(self) -> bool:
        self._count()
        return super().afterAttributeNameState()


class _BoundedBuilder(treebuilders.getTreeBuilder("etree")):  # type: ignore[misc]
    """Depth makes the parser quadratic, and reopened formatting multiplies elements: both are counted."""

    elements = 0

    def _count(self) -> None:
        self.elements += 1
        if len(self.openElements) > policy.MAX_DEPTH:
            raise TooMuch(deep=True)
        if self.elements > policy.MAX_ELEMENTS:
            raise TooMuch

    def insertElementNormal(self, token: dict) -> Any:
        self._count()
        return super().insertElementNormal(token)

    def insertElementTable(self, token: dict) -> Any:
        self._count()
        return super().insertElementTable(token)


class _BoundedParser(html5lib_shim.HTMLParser):
    def _parse(self, stream, innerHTML=False, container="div", scripting=False, **kwargs) -> None:
        self.innerHTMLMode = innerHTML
        self.container = container
        self.scripting = scripting
        self.tokenizer = _BoundedTokenizer(stream, parser=self, **kwargs)
        self.reset()
        try:
            self.mainLoop()
        except ReparseException:
            self.reset()
            self.mainLoop()


def parse(html: str) -> Any:
    """The tree that a browser would build of ``html``; raises ``TooMuch``."""
    if len(html) > policy.MAX_LENGTH:
        raise TooMuch
    readable = html.encode("utf-8", "ignore").decode().replace("\x00", "")
    return _BoundedParser(tree=_BoundedBuilder, namespaceHTMLElements=False).parseFragment(readable)


def read(element: Any) -> Node:
    """The parser's tree as nodes, without comments and without elements that bring no text."""
    return Node("body", {}, list(_children(element, depth=0)))


def _children(element: Any, depth: int) -> Iterator[Node | str]:
    # Misnested formatting can leave a tree deeper than its stack of open elements ever was.
    if depth > 2 * policy.MAX_DEPTH:
        raise TooMuch(deep=True)
    if element.text:
        yield element.text
    for child in element:
        name = child.tag.rpartition("}")[2].lower() if isinstance(child.tag, str) else ""
        if name and name not in policy.DROPPED_WITH_CONTENT:
            attributes = {str(key): value for key, value in child.attrib.items()}
            yield Node(name, attributes, list(_children(child, depth + 1)))
        if child.tail:
            yield child.tail
