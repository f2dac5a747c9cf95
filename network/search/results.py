"""What a search shows to one viewer: hits by kind, each with its number and a piece of its text."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import F, Window
from django.db.models.functions import RowNumber
from django.utils.translation import get_language

from network.foundations.pager import KeysetPage, paginate
from network.foundations.viewer import Viewer
from network.search import snippets
from network.search.models import SearchDocument, Segment
from network.search.query import Query
from network.search.snippets import Part
from network.search.sources import sources

#: How many of each kind stand on the page that shows all kinds.
FIRST = 5
_ORDER = ["-score", "-indexed_at", "-id"]


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
    """The hits of one kind; ``count`` is how many of them there are for this viewer."""

    kind: str
    label: str
    count: int
    hits: list[Hit]

    @property
    def is_cut(self) -> bool:
        return self.count > len(self.hits)


def grouped(viewer: Viewer, query: Query) -> list[Group]:
    """The first hits of every kind, kinds in the order in which their rooms registered. Three queries."""
    found = SearchDocument.objects.matching(query, viewer)
    counts = found.count_by_kind()
    place = Window(
        RowNumber(),
        partition_by=F("kind"),
        order_by=[F("score").desc(), F("indexed_at").desc(), F("id").desc()],
    )
    first = list(found.annotate(place=place).filter(place__lte=FIRST).order_by(*_ORDER)) if counts else []
    hits: dict[str, list[Hit]] = defaultdict(list)
    for hit in _hits(viewer, query, first):
        hits[hit.kind].append(hit)
    return [
        Group(kind, str(source.label), counts[kind], hits[kind])
        for kind, source in sources.items()
        if counts.get(kind)
    ]


def of_kind(viewer: Viewer, query: Query, kind: str, cursor: str = "", size: int = 20) -> KeysetPage:
    """A page of hits of one kind."""
    found = SearchDocument.objects.matching(query, viewer, kind)
    page = paginate(found, _ORDER, cursor, size)
    return KeysetPage(list(_hits(viewer, query, page.rows)), page.next, page.previous)


def _hits(viewer: Viewer, query: Query, documents: list[SearchDocument]) -> Iterable[Hit]:
    """Hits with snippets made of what this viewer may read, and of nothing else. One query."""
    texts: dict[int, list[str]] = defaultdict(list)
    readable = Segment.objects.readable_by(viewer).filter(
        document__in=[document.pk for document in documents]
    )
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
