"""Keeping the index: one document built, changed or removed at a time; safe to repeat."""

import hashlib
import json
from collections.abc import Iterator, Mapping

from django.conf import settings
from django.db import transaction
from django.utils import translation

from network.outbox.actions import announce
from network.outbox.models import Entry
from network.search import analyser
from network.search.models import Audience, AudienceKey, SearchDocument, Segment
from network.search.sources import Document, sources

INDEX = "search.index"
#: Characters of one segment that are read; what follows is not found by its words.
MAX_TEXT = 200_000


def index(kind: str, pk: int, *, now: bool = False) -> None:
    """Have the thing read again: by the worker, or with ``now`` in this very transaction.

    ``now`` is for changes that narrow who may find it: the index is then never behind.
    """
    with transaction.atomic():
        if now:
            build(kind, pk)
        else:
            # A stream for each thing: writers of different things do not wait for one another.
            announce(f"search:{kind}:{pk}", INDEX, of=kind, pk=pk)


def remove(kind: str, pk: int) -> None:
    SearchDocument.objects.filter(kind=kind, object_id=pk).delete()


def index_entry(entry: Entry) -> None:
    """The worker's answer to ``index``."""
    build(entry.ids["of"], entry.ids["pk"])


def build(kind: str, pk: int) -> None:
    """Read the row and write what can be found of it, or nothing."""
    source = sources.get(kind)
    if source is None:
        return
    with transaction.atomic(), translation.override(settings.LANGUAGE_CODE):
        held, _new = SearchDocument.objects.get_or_create(kind=kind, object_id=pk)
        # Locked before the row is read: of two builders the later one has read the newer row.
        held = SearchDocument.objects.select_for_update().get(pk=held.pk)
        row = source.rows().filter(pk=pk).first()
        document = None if row is None else source.document(row)
        if document is None or not document.segments:
            held.delete()
        else:
            _write(held, document)


def _write(held: SearchDocument, document: Document) -> None:
    words = _words(document)
    if not _fill(held, document, words):
        return
    held.save()
    held.segments.all().delete()
    Segment.objects.bulk_create(_segments(held, document, words, {}))


@transaction.atomic
def add_many(kind: str, documents: Mapping[int, Document | None]) -> int:
    """Write documents of things that the index does not have yet; returns how many. For much at once."""
    with translation.override(settings.LANGUAGE_CODE):
        found = {pk: document for pk, document in documents.items() if document and document.segments}
        words = {pk: _words(document) for pk, document in found.items()}
        rows = [SearchDocument(kind=kind, object_id=pk) for pk in found]
        for row in rows:
            _fill(row, found[row.object_id], words[row.object_id])
        SearchDocument.objects.bulk_create(rows)
        audiences: dict[frozenset[str], int] = {}
        Segment.objects.bulk_create(
            segment
            for row in rows
            for segment in _segments(row, found[row.object_id], words[row.object_id], audiences)
        )
    return len(rows)


_Words = list[tuple[str, frozenset[str], int, bool]]


def _words(document: Document) -> _Words:
    return [
        (_one_line(part.text[:MAX_TEXT]), part.keys, part.weight, part.shown)
        for part in document.segments
        if part.keys and part.text.strip()
    ]


def _fill(held: SearchDocument, document: Document, words: _Words) -> bool:
    """Whether anything in it is different now."""
    parts = [[text, sorted(keys), weight, shown] for text, keys, weight, shown in words]
    fingerprint = _digest([document.title, document.url, document.language, parts])
    if held.fingerprint == fingerprint:
        return False
    held.title = _one_line(document.title)[:300]
    held.url, held.language, held.fingerprint = document.url, document.language, fingerprint
    return True


def _segments(
    held: SearchDocument, document: Document, words: _Words, known: dict[frozenset[str], int]
) -> Iterator[Segment]:
    for text, keys, weight, shown in words:
        if keys not in known:
            known[keys] = _audience(keys)
        yield Segment(
            document=held,
            kind=held.kind,
            audience_id=known[keys],
            weight=weight,
            text=text if shown else "",
            tokens=analyser.index_text(text, document.language),
        )


def _one_line(text: str) -> str:
    return " ".join(analyser.without_knowledge(text).split())


def _audience(keys: frozenset[str]) -> int:
    audience, new = Audience.objects.get_or_create(fingerprint=_digest(sorted(keys)))
    if new:
        AudienceKey.objects.bulk_create(AudienceKey(audience=audience, key=key) for key in sorted(keys))
    return audience.pk


def _digest(value: list) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=False).encode()).hexdigest()


def forget_vanished(kind: str) -> int:
    """Remove documents whose row is no longer there; returns how many."""
    source = sources.get(kind)
    left = SearchDocument.objects.filter(kind=kind)
    if source is not None:
        left = left.exclude(object_id__in=source.rows().order_by().values("pk"))
    _rows, by_model = left.delete()
    return by_model.get(SearchDocument._meta.label, 0)
