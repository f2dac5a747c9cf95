"""The general search as one that can be kept."""

from collections import defaultdict
from collections.abc import Sequence
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from network.foundations.viewer import Viewer
from network.search.models import SearchDocument
from network.search.query import parse
from network.search.results import Findings, address
from network.search.searchables import Searchable, Shown, Thing
from network.search.sources import sources

NAME = "everything"


def read(asked: QueryDict) -> str:
    query = parse(asked.get("q", "")[:500])
    if not query:
        return ""
    kind = asked.get("kind", "")
    return urlencode([("q", query.text), *([("kind", kind)] if kind in sources else [])])


def words(query: str) -> str:
    asked = QueryDict(query)
    source = sources.get(asked.get("kind", ""))
    typed = asked.get("q", "")
    return f"{typed} · {source.label}" if source else typed


def url(query: str) -> str:
    return f"{reverse('search:search')}?{query}"


def find(viewer: Viewer, query: str, most: int) -> list[Thing]:
    asked = QueryDict(query)
    return Findings(viewer, parse(asked.get("q", ""))).things(asked.get("kind", ""))[:most]


def show(viewer: Viewer, things: Sequence[Thing]) -> list[Shown]:
    """A title is shown where the room shows the thing, and the viewer reads some of its words."""
    by_kind: dict[str, set[int]] = defaultdict(set)
    for kind, pk in things:
        by_kind[kind].add(pk)
    found: dict[Thing, Shown] = {}
    for kind, pks in by_kind.items():
        source = sources.get(kind)
        if source is None:
            continue
        readable = SearchDocument.objects.readable_by(viewer).filter(kind=kind, object_id__in=pks)
        shown = source.shown(viewer, pks)
        for document in readable:
            if document.object_id in shown:
                found[kind, document.object_id] = Shown(document.title, address(document))
    return [found[thing] for thing in things if thing in found]


EVERYTHING = Searchable(_("Everything"), read, words, url, find, show)
