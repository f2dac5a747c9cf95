"""What is new, for feed readers: Atom (RFC 4287) and JSON Feed 1.1.

A feed holds what anybody may read, whoever asks: its address is handed on, and its reader shows no session.
Tokens of knowledge stay in it; the gate binds them on the way out.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.utils.feedgenerator import Atom1Feed

MOST_ENTRIES = 30
ATOM = "application/atom+xml; charset=utf-8"
JSON = "application/feed+json; charset=utf-8"


@dataclass(frozen=True)
class Entry:
    """``key`` names it for ever; ``author`` is empty where nobody is named."""

    key: str
    title: str
    path: str
    summary: str
    html: str
    language: str
    written_at: datetime
    edited_at: datetime | None = None
    author: str = ""
    author_path: str = ""


@dataclass(frozen=True)
class Feed:
    """``path`` is the page that it belongs to, ``own_path`` its own address."""

    key: str
    title: str
    description: str
    path: str
    own_path: str
    language: str
    entries: Sequence[Entry]

    @property
    def updated(self) -> datetime | None:
        return max((entry.edited_at or entry.written_at for entry in self.entries), default=None)


def answer(feed: Feed, kind: str) -> HttpResponse:
    if kind == "atom":
        return HttpResponse(as_atom(feed), content_type=ATOM)
    return HttpResponse(as_json(feed), content_type=JSON)


def as_atom(feed: Feed) -> bytes:
    document = _Atom(
        title=feed.title,
        link=_absolute(feed.path),
        description=feed.description,
        language=feed.language,
        feed_url=_absolute(feed.own_path),
        feed_guid=_id(feed.key),
    )
    for entry in feed.entries:
        document.add_item(
            title=entry.title,
            link=_absolute(entry.path),
            description=entry.summary,
            unique_id=_id(entry.key),
            author_name=entry.author or None,
            author_link=_absolute(entry.author_path) if entry.author_path else None,
            pubdate=entry.written_at,
            updateddate=entry.edited_at or entry.written_at,
            html=_whole_links(entry.html),
            tongue=entry.language,
        )
    return document.writeString("utf-8").encode()


class _Atom(Atom1Feed):
    """With the whole text of each entry, in the language in which it was written."""

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["html"], {"type": "html", "xml:lang": item["tongue"]})


def as_json(feed: Feed) -> bytes:
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.description,
        "home_page_url": _absolute(feed.path),
        "feed_url": _absolute(feed.own_path),
        "language": feed.language,
        "items": [_item(entry) for entry in feed.entries],
    }
    return json.dumps(document, ensure_ascii=False).encode()


def _item(entry: Entry) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": _id(entry.key),
        "url": _absolute(entry.path),
        "title": entry.title,
        "content_html": _whole_links(entry.html),
        "summary": entry.summary,
        "date_published": entry.written_at.isoformat(),
        "language": entry.language,
    }
    if entry.edited_at:
        item["date_modified"] = entry.edited_at.isoformat()
    if entry.author:
        address = {"url": _absolute(entry.author_path)} if entry.author_path else {}
        item["authors"] = [{"name": entry.author, **address}]
    return item


def _absolute(path: str) -> str:
    return f"{settings.NETWORK_BASE_URL}{path}"


def _whole_links(html: str) -> str:
    """A feed reader knows no base, so links to our own pages are whole."""
    return html.replace('href="/', f'href="{settings.NETWORK_BASE_URL}/')


def _id(key: str) -> str:
    """The same for ever, whatever becomes of titles and addresses (RFC 4151)."""
    return f"tag:{urlsplit(settings.NETWORK_BASE_URL).hostname},2026-01-01:{key}"
