"""Which pages are kept for readers who are not signed in, and what each of them is made of.

A page is made of *tags*: names of what it shows (``thread:17``, ``people``). Whoever changes such a thing
bumps its tag in the transaction of the deed, and no page that carries the tag is given out any more. The name
of a stream of the outbox is a tag as well: an entry announced in ``thread:17`` bumps it.

A view names its tags from the parts of its address alone, because where they stand is read before the first
question of the view: a change that happens while a page is made is then never missed.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.http import HttpRequest

from network.foundations.registry import Registry

#: What every page is made of: templates, vocabularies, the frame. ``migrate`` bumps it.
SITE = "page:site"
#: Names, faces and what else stands on cards of people and in the directory.
PEOPLE = "page:people"
#: Which communities there are and what lists say of them.
COMMUNITIES = "page:communities"
#: What editors write.
PAGES = "page:pages"

Tags = Callable[..., Iterable[str]]
#: As long as the name of a stream may be.
_LONGEST = 100


def tag(kind: str, *parts: str) -> str:
    """The tag of one thing, named by the parts of its address; a long one by its digest."""
    name = f"page:{kind}:{'/'.join(parts)}"
    return name if len(name) <= _LONGEST else f"page:{kind}:{sha256(name.encode()).hexdigest()}"


@dataclass(frozen=True)
class Rule:
    """``tags`` is called with the parts of the address; ``query`` are the parts after ``?`` that the page
    knows: with any other it is not kept. ``seconds`` shortens how long it is kept at most."""

    tags: Tags
    query: frozenset[str] = frozenset()
    seconds: int | None = None


#: Name of an address to its rule, for views of libraries, which cannot carry ``cached``.
rules: Registry[Rule] = Registry("rules of the page cache")

#: Name of a room to bytes that stand in a page which is made anew for each reader on its way out.
marks: Registry[bytes] = Registry("marks of pages that are bound for one reader")


def cached(tags: Tags, *, query: Iterable[str] = (), seconds: int | None = None) -> Callable:
    """Keep the pages of a view for readers who are not signed in: the outermost decorator of the view."""

    def mark(view: Callable) -> Callable:
        view.page_rule = Rule(tags, frozenset(query), seconds)
        return view

    return mark


def rule_of(request: HttpRequest, view: Callable) -> Rule | None:
    match = request.resolver_match
    return getattr(view, "page_rule", None) or (rules.get(match.view_name) if match else None)


def expire_at(request: Any, when: datetime | None) -> None:
    """The page that is being made changes by itself at ``when``: an event ends, a forum closes."""
    known = getattr(request, "page_expires", None)
    if when is not None and (known is None or when < known):
        request.page_expires = when
