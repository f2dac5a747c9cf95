"""What a search shows to one viewer: hits by kind, each with its number and a piece of its text."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.utils.formats import number_format
from django.utils.translation import get_language

from network.foundations.pager import KeysetPage, page_of_ranking
from network.foundations.viewer import Viewer
from network.search import snippets
from network.search.models import SearchDocument, Segment
from network.search.query import Query
from network.search.snippets import Part
from network.search.sources import Source, sources

#: How many of each kind stand on the page that shows all kinds.
FIRST = 5
#: How many of a kind are ranked and counted at most. Who wants to see further asks more precisely.
MOST = 1000


@dataclass(frozen=True)
class Hit:
    kind: str
    title: str
    url: str
    marked_title: list[Part]
    snippet: list[Part]

    @property
    def excerpt(self) -> str:
        return "".join(part.text for part in self.snippet)


@dataclass(frozen=True)
class Group:
    """The hits of one kind; ``count`` is how many of them there are for this viewer, ``MOST`` at most."""

    kind: str
    label: str
    count: int
    hits: list[Hit]

    @property
    def has_more(self) -> bool:
        """Whether there may be more of them than are counted."""
        return self.count >= MOST

    @property
    def number(self) -> str:
        """How many there are, in words for people."""
        return number(self.count, self.has_more)

    @property
    def is_cut(self) -> bool:
        return self.count > len(self.hits)


#: Where a document stands among those found: how well it matches, then the newer first.
Rank = tuple[int, int]


def number(count: int, has_more: bool) -> str:
    return f"{number_format(count, use_l10n=True, force_grouping=True)}{'+' if has_more else ''}"


class Findings:
    """What one viewer finds by one query, the best of each kind first.

    The index alone says which documents match best, ``MOST`` of a kind; then each room is asked which of
    them it shows now. Three queries, and one for each kind that was found.
    """

    def __init__(self, viewer: Viewer, query: Query) -> None:
        self.viewer, self.query = viewer, query

    @cached_property
    def _ranked(self) -> dict[str, list[Rank]]:
        found: dict[str, list[Rank]] = defaultdict(list)
        matching = Segment.objects.filter(kind__in=sources.names()).matching(self.query, self.viewer)
        for kind, document, score in matching.ranked(MOST):
            found[kind].append((score, document))
        documents = [document for ranks in found.values() for _score, document in ranks]
        rows = dict(SearchDocument.objects.filter(pk__in=documents).values_list("pk", "object_id"))
        return {
            kind: self._shown(source, found[kind], rows) for kind, source in sources.items() if kind in found
        }

    def _shown(self, source: Source, ranks: list[Rank], rows: dict[int, int]) -> list[Rank]:
        shown = source.shown(self.viewer, {rows[document] for _score, document in ranks if document in rows})
        return sorted((rank for rank in ranks if rows.get(rank[1]) in shown), reverse=True)

    def groups(self, first: int = FIRST) -> list[Group]:
        """Every kind with its number and its ``first`` hits, kinds in the order of their registration."""
        ranked = {kind: ranks for kind, ranks in self._ranked.items() if ranks}
        hits: dict[str, list[Hit]] = defaultdict(list)
        for hit in _hits(
            self.viewer, self.query, [rank for ranks in ranked.values() for rank in ranks[:first]]
        ):
            hits[hit.kind].append(hit)
        return [
            Group(kind, str(sources.get(kind).label), len(ranks), hits[kind])
            for kind, ranks in ranked.items()
        ]

    def things(self, kind: str = "") -> list[tuple[str, int]]:
        """Kind and number of all that is found, the newest first; of one kind, or of all."""
        ranked = {name: ranks for name, ranks in self._ranked.items() if kind in ("", name)}
        documents = sorted({pk for ranks in ranked.values() for _score, pk in ranks}, reverse=True)
        held = SearchDocument.objects.in_bulk(documents)
        return [(held[pk].kind, held[pk].object_id) for pk in documents if pk in held]

    def page(self, kind: str, cursor: str = "", size: int = 20) -> KeysetPage:
        """A page of hits of one kind."""
        page = page_of_ranking(self._ranked.get(kind, []), cursor, size)
        return KeysetPage(list(_hits(self.viewer, self.query, page.rows)), page.next, page.previous)


def _hits(viewer: Viewer, query: Query, ranks: Sequence[Rank]) -> Iterator[Hit]:
    """Hits with snippets made of what this viewer may read, and of nothing else. Two queries."""
    if not ranks:
        return
    wanted = [document for _score, document in ranks]
    held = SearchDocument.objects.in_bulk(wanted)
    documents = [held[pk] for pk in wanted if pk in held]
    texts: dict[int, list[str]] = defaultdict(list)
    readable = Segment.objects.readable_by(viewer).filter(document__in=documents)
    for document_id, text in (
        readable.exclude(text="").order_by("-weight", "pk").values_list("document_id", "text")
    ):
        texts[document_id].append(text)
    for document in documents:
        others = [text for text in texts[document.pk] if text != document.title]
        yield Hit(
            kind=document.kind,
            title=document.title,
            url=address(document),
            marked_title=snippets.mark(document.title, query),
            snippet=snippets.snippet(others, query),
        )


def address(document: SearchDocument) -> str:
    """Where the thing is for the reader: under her own language, if its room has it there."""
    source = sources.get(document.kind)
    language = get_language() or settings.LANGUAGE_CODE
    if source is None or not source.localized or language == settings.LANGUAGE_CODE:
        return document.url
    return f"/{language}{document.url}"
