"""Keeping the index: one document built, changed or removed at a time; safe to repeat."""

import hashlib
import json

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
    segments = [
        (_one_line(part.text[:MAX_TEXT]), part.keys, part.weight, part.shown)
        for part in document.segments
        if part.keys and part.text.strip()
    ]
    parts = [[text, sorted(keys), weight, shown] for text, keys, weight, shown in segments]
    fingerprint = _digest([document.title, document.url, document.language, parts])
    if held.fingerprint == fingerprint:
        return
    held.title = _one_line(document.title)[:300]
    held.url, held.language, held.fingerprint = document.url, document.language, fingerprint
    held.save()
    held.segments.all().delete()
    Segment.objects.bulk_create(
        Segment(
            document=held,
            audience_id=_audience(keys),
            weight=weight,
            text=text if shown else "",
            tokens=analyser.index_text(text, document.language),
        )
        for text, keys, weight, shown in segments
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
