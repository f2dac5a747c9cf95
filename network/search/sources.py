"""What can be found: rooms register how their rows read and who may find them by which words."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from network.foundations.registry import Registry
from network.foundations.viewer import EVERYONE, Viewer


@dataclass(frozen=True)
class Segment:
    """Words that count only for viewers who hold one of ``keys``; heavier ones come first in results.

    With ``shown`` false they are found by, but never stand in a result: names in other languages.
    """

    text: str
    keys: frozenset[str] = frozenset({EVERYONE})
    weight: int = 1
    shown: bool = True


@dataclass(frozen=True)
class Document:
    """One thing that can be found. Whoever finds it sees ``title``: give no segment wider than that."""

    title: str
    url: str
    segments: list[Segment]
    language: str = ""


@dataclass(frozen=True)
class Source:
    """A kind of thing that can be found.

    ``rows`` is everything that could be indexed, ``document`` reads one row (``None``: not to be found).
    ``visible`` is the room's own ``visible_to``: given, a result must also pass it at the moment of
    asking, so that a late index never shows what the room no longer does. ``localized`` is false where
    an address belongs to one language (CMS pages).
    """

    label: str
    rows: Callable[[], QuerySet]
    document: Callable[[Any], Document | None]
    visible: Callable[[Viewer], QuerySet] | None = None
    localized: bool = True

    def shown(self, viewer: Viewer, pks: Collection[int]) -> set[int]:
        """Those of ``pks`` that the room shows this viewer now."""
        if self.visible is None:
            return set(pks)
        return set(self.visible(viewer).filter(pk__in=pks).order_by().values_list("pk", flat=True))


sources: Registry[Source] = Registry("search sources")


def register(kind: str, source: Source) -> None:
    sources.register(kind, source)
