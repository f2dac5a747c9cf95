"""The HTML that Discourse makes of a post as ours: nothing in it loads from there, everything can be read."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree.ElementTree import Element, SubElement

from network.foundations import richtext
from network.foundations.richtext.parsing import parse, read
from network.foundations.richtext.tidying import as_html

#: What is there for the eye or for clicks alone.
_DROPPED = {"avatar", "site-icon", "meta", "quote-controls", "poll-info", "poll-buttons", "anchor"}
_PLAIN = {"mention", "mention-group", "hashtag", "hashtag-cooked"}
_PLAYED = {"iframe", "video", "audio", "object", "embed"}
_VIDEOS = {"lazy-video-container", "video-placeholder-container", "lazyYT"}


def clean(cooked: str, *, host: str, names: Mapping[str, str]) -> str:
    """``cooked`` by the one policy; raises ``TooMuch`` or ``ValidationError`` as that does.

    ``names`` are those of people by their usernames, for quotations.
    """
    tree = parse(cooked)
    kitchen = _Kitchen(f"https://{host}/", names)
    # Each comes before what stands in it; what was replaced by then is changed to no effect.
    for element in list(tree.iter()):
        if isinstance(element.tag, str):
            kitchen.prepare(element)
    return richtext.clean(as_html(read(tree).children))


class _Kitchen:
    def __init__(self, home: str, names: Mapping[str, str]) -> None:
        self._home = home
        self._names = names

    def prepare(self, element: Element) -> None:
        classes = set(element.get("class", "").split())
        tag = element.tag
        if classes & _DROPPED and not (tag == "a" and _words(element)):
            _become(element, "span")
        elif tag == "aside" and "quote" in classes:
            self._quotation(element)
        elif (tag == "aside" and "onebox" in classes) or classes & _VIDEOS:
            self._preview(element)
        elif "lightbox-wrapper" in classes:
            self._picture_in_link(element)
        elif tag == "img":
            self._picture(element, classes)
        elif tag == "picture":
            element.tag = "span"
        elif tag in _PLAYED:
            self._played(element)
        elif tag == "a":
            self._link(element, classes)
        elif tag == "summary":
            _wrap_in(element, "p", "strong")

    def _quotation(self, element: Element) -> None:
        username = element.get("data-username", "")
        name = self._names.get(username.lower(), username)
        title = _first(element.iter("div"), lambda one: "title" in one.get("class", "").split())
        source = _first(title.iter("a"), lambda one: bool(one.get("href"))) if title is not None else None
        inner = element.find("blockquote")
        _become(element, "blockquote")
        if name or source is not None:
            line = SubElement(SubElement(element, "p"), "strong")
            line.text = f"{name}:" if source is None else f"{name}, " if name else ""
        if source is not None:
            link = SubElement(line, "a", {"href": self._absolute(source.get("href", ""))})
            link.text, link.tail = _words(source), ":"
        if inner is not None:
            box = SubElement(element, "div")
            box.text = inner.text
            box.extend(list(inner))

    def _preview(self, element: Element) -> None:
        """A page or a film shown in a box: a link with its title."""
        link = _first(element.iter("a"), lambda one: bool(one.get("href")))
        href = element.get("data-onebox-src") or element.get("data-video-src") or ""
        href = href or (link.get("href", "") if link is not None else "")
        heading = _first(element.iter(), lambda one: one.tag in ("h3", "h4") and bool(_words(one)))
        title = element.get("data-video-title") or (_words(heading) if heading is not None else "")
        title = title or (_words(link) if link is not None else "")
        self._only_link(element, href, title)

    def _picture_in_link(self, element: Element) -> None:
        link = _first(element.iter("a"), lambda one: bool(one.get("href")))
        picture = _first(element.iter("img"), lambda _one: True)
        href = link.get("href", "") if link is not None else ""
        title = link.get("title", "") if link is not None else ""
        if picture is not None:
            href, title = href or picture.get("src", ""), picture.get("alt") or title
        self._only_link(element, href, title)

    def _picture(self, element: Element, classes: set[str]) -> None:
        words = element.get("alt") or element.get("title") or ""
        if "emoji" in classes:
            _become(element, "span", words)
        elif "thumbnail" in classes and not words:
            _become(element, "span")
        else:
            source = element.get("src", "")
            self._only_link(element, source, words or _file_name(source), block=False)

    def _played(self, element: Element) -> None:
        source = _first(element.iter(), lambda one: bool(one.get("src") or one.get("data")))
        href = "" if source is None else source.get("src") or source.get("data") or ""
        self._only_link(element, href, element.get("title", ""), block=False)

    def _link(self, element: Element, classes: set[str]) -> None:
        if classes & _PLAIN:
            words = _words(element)
            sign = "#" if "hashtag-cooked" in classes and not words.startswith("#") else ""
            _become(element, "span", sign + words)
            return
        href = element.get("href", "")
        for picture in list(element.iter("img")):
            words = picture.get("alt") or picture.get("title") or _file_name(picture.get("src", ""))
            _become(picture, "span", words)
        if not href or href.startswith("#"):
            element.tag = "span"
        else:
            element.set("href", self._absolute(href))

    def _only_link(self, element: Element, href: str, words: str, *, block: bool = True) -> None:
        href = self._absolute(href)
        if not href:
            _become(element, "span", words)
            return
        _become(element, "p" if block else "a")
        link = SubElement(element, "a") if block else element
        link.set("href", href)
        link.text = words.strip() or href

    def _absolute(self, href: str) -> str:
        try:
            return urljoin(self._home, href.strip()) if href.strip() else ""
        except ValueError:
            return ""


def _become(element: Element, tag: str, text: str = "") -> None:
    """Another element in the same place."""
    tail = element.tail
    element.clear()
    element.tag, element.text, element.tail = tag, text, tail


def _wrap_in(element: Element, outer: str, inner: str) -> None:
    text, children = element.text, list(element)
    _become(element, outer)
    wrapped = SubElement(element, inner)
    wrapped.text = text
    wrapped.extend(children)


def _first(elements: Iterable[Any], fits: Callable[[Any], bool]) -> Any:
    return next((one for one in elements if isinstance(one.tag, str) and fits(one)), None)


def _words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _file_name(href: str) -> str:
    try:
        return unquote(PurePosixPath(urlsplit(href).path).name)
    except ValueError:
        return ""
