"""What can be seen of a site from outside, without judging it: does it answer, in which languages, how fresh.

One page is asked for, as a reader would, and ``robots.txt`` before it. What is found informs those who read a
nomination; no score follows from it, so that weak hosting costs nobody a medal.
"""

import hashlib
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from urllib.robotparser import RobotFileParser

from django.conf import settings
from django.utils.dateparse import parse_date

from network.foundations.outward import Fetched, Line, NotFetched, fetch

#: How much of a page is read for signs, and how much of its words is kept.
_MOST_MARKUP = 400_000
_MOST_WORDS = 600
_HIDDEN = ("script", "style", "noscript", "template", "svg")
_FEEDS = ("application/rss+xml", "application/atom+xml", "application/feed+json")
_LABELLED = ("input", "select", "textarea")
_NEEDS_NO_LABEL = ("hidden", "submit", "button", "image", "reset")


class _Signs(HTMLParser):
    """Counts what a first check by eye and keyboard would look for."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.title, self.words, self.language = "", "", ""
        self.languages: set[str] = set()
        self.feeds: set[str] = set()
        self.days: list[date] = []
        self.seen: set[str] = set()
        self.images = self.images_without_text = 0
        self.labels: set[str] = set()
        self.fields: list[str] = []
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        says = {name: value or "" for name, value in attrs}
        if tag in (*_HIDDEN, "title", "label"):
            self._inside.append(tag)
        if tag == "html":
            self.language = says.get("lang", "")[:20]
        if tag in ("h1", "main") or says.get("role") == "main":
            self.seen.add("h1" if tag == "h1" else "main")
        if tag == "meta":
            self._meta(says)
        elif tag in ("link", "a"):
            self._link(tag, says)
        elif tag == "img":
            self.images += 1
            self.images_without_text += "alt" not in says
        elif tag == "label":
            self.labels.add(says.get("for", ""))
        elif tag in _LABELLED and says.get("type", "text") not in _NEEDS_NO_LABEL:
            named = "label" in self._inside or {"aria-label", "aria-labelledby", "title"} & set(says)
            self.fields.append("" if named else says.get("id", "?"))
        elif tag == "time":
            self._day(says.get("datetime", ""))

    def _meta(self, says: dict[str, str]) -> None:
        name = (says.get("name") or says.get("property") or says.get("http-equiv", "")).lower()
        if name == "viewport":
            self.seen.add("viewport")
        elif name in ("article:modified_time", "article:published_time", "dcterms.modified", "last-modified"):
            self._day(says.get("content", ""))

    def _link(self, tag: str, says: dict[str, str]) -> None:
        alternate = "alternate" in says.get("rel", "").lower().split()
        if tag == "link" and alternate and says.get("type", "").lower() in _FEEDS:
            self.feeds.add(says.get("href", ""))
        if (code := says.get("hreflang", "")) and code.lower() != "x-default":
            self.languages.add(code[:20].lower())

    def _day(self, written: str) -> None:
        try:
            day = parse_date(written.strip()[:10])
        except ValueError:
            return
        if day is not None and day.year > 1990:
            self.days.append(day)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._inside:
            while self._inside.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self._inside and self._inside[-1] == "title":
            self.title += data
        elif not set(self._inside) & set(_HIDDEN) and len(self.words) < _MOST_WORDS * 4:
            self.words += f" {data}"


def look(url: str, line: Line | None = None) -> dict[str, Any]:
    """What a site shows to a stranger today, as plain data; raises ``NotFetched``."""
    if not _may_ask(url, line):
        raise NotFetched("robots")
    page = fetch(url, line)
    found: dict[str, Any] = {
        "url": page.url[:500],
        "status": page.status,
        "milliseconds": page.milliseconds,
        "redirects": len(page.redirects),
        "https": page.url.startswith("https:"),
        "kilobytes": round(len(page.body) / 1024),
        "digest": hashlib.sha256(page.body).hexdigest(),
    }
    if page.kind in ("text/html", "application/xhtml+xml"):
        found |= _read(page)
    return found


def _read(page: Fetched) -> dict[str, Any]:
    signs = _Signs()
    signs.feed(page.body[:_MOST_MARKUP].decode(_charset(page), errors="replace").replace("\x00", ""))
    languages = {signs.language.lower(), *signs.languages} - {""}
    days = [day for day in (*signs.days, _stamp(page)) if day and day <= datetime.now(UTC).date()]
    return {
        "title": " ".join(signs.title.split())[:200],
        "excerpt": " ".join(signs.words.split())[:_MOST_WORDS],
        "languages": sorted(languages)[:30],
        "newest": max(days).isoformat() if days else "",
        "feeds": len(signs.feeds),
        "access": {
            "language": bool(signs.language),
            "title": bool(signs.title.strip()),
            "viewport": "viewport" in signs.seen,
            "heading": "h1" in signs.seen,
            "main": "main" in signs.seen,
            "images": signs.images,
            "images_without_text": signs.images_without_text,
            "fields": len(signs.fields),
            "fields_without_label": sum(bool(f) and f not in signs.labels for f in signs.fields),
        },
    }


def _charset(page: Fetched) -> str:
    _kind, _semicolon, more = page.headers.get("content-type", "").partition("charset=")
    name = more.strip(" \"';").partition(";")[0] or "utf-8"
    try:
        "".encode(name)
    except (LookupError, ValueError):
        return "utf-8"
    return name


def _stamp(page: Fetched) -> date | None:
    try:
        return parsedate_to_datetime(page.headers.get("last-modified", "")).date()
    except (TypeError, ValueError):
        return None


def _may_ask(url: str, line: Line | None) -> bool:
    """Whether the site wants to be looked at by programs. A site without such a file does."""
    parts = urlsplit(url)
    try:
        answer = fetch(urlunsplit((parts.scheme, parts.netloc, "/robots.txt", "", "")), line)
    except NotFetched:
        return True  # what is wrong with the site shows when it is asked for its page
    if answer.status != 200:
        return True
    rules = RobotFileParser()
    rules.parse(answer.body[:100_000].decode(errors="replace").splitlines())
    return rules.can_fetch(settings.NETWORK_SHORT_NAME, url)
