"""Other things that are about the same: by the words of their titles and tags, one question."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from network.foundations.viewer import Viewer
from network.search.analyser import tokens_of
from network.search.models import SearchDocument, Segment
from network.search.results import address
from network.search.sources import sources

#: Segments that are looked at. Those that weigh more than one (titles, tags) say what a thing is about.
LOOKED_AT = 60
#: Words that are shorter say little; signs of scripts without spaces say more, and count in pairs.
SHORTEST = 4


@dataclass(frozen=True)
class Alike:
    title: str
    url: str


def alike(
    viewer: Viewer, kind: str, words: str, *, but: int, language: str = "", most: int = 4
) -> list[Alike]:
    """Things of ``kind`` that share words with ``words``, those that share most first; not number ``but``.

    Only what the viewer's keys open and its own room shows her now.
    """
    tokens = frozenset(token for token in tokens_of(words, language) if _says_something(token))
    if not tokens:
        return []
    source = sources.get(kind)
    if source is None:
        return []
    telling = Segment.objects.filter(kind=kind, weight__gt=1).readable_by(viewer).with_any(tokens)
    found = Segment.objects.filter(pk__in=telling.values("pk")).exclude(document__object_id=but)
    if source.visible is not None:
        found = found.filter(Exists(source.visible(viewer).filter(pk=OuterRef("document__object_id"))))
    found = found.select_related("document").order_by("-weight", "-document", "pk")
    scores: dict[SearchDocument, int] = defaultdict(int)
    for segment in found[:LOOKED_AT]:
        scores[segment.document] += segment.weight * len(tokens & set(segment.tokens.split()))
    best = sorted(scores, key=lambda document: (-scores[document], -document.pk))
    return [Alike(document.title, address(document)) for document in best[:most]]


def _says_something(token: str) -> bool:
    return len(token) >= SHORTEST or (len(token) == 2 and not token.isascii())
