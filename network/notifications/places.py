"""Places that people are told of: rooms above register what theirs are called and how one is silenced.

A place is named in rows as ``<sort>:<id>`` (``community:12``, ``thread:17``). This room knows no communities:
it asks here for the names of those that a viewer may see.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from network.foundations.registry import Registry
from network.foundations.viewer import Viewer


@dataclass(frozen=True)
class Named:
    """A place in words: what it is called and where it is."""

    title: str
    url: str


@dataclass(frozen=True)
class Place:
    """One sort of place.

    ``named`` answers names for those of the ids that the viewer may see. Where the room has a level of its
    own for a place (a thread that is muted), ``silence(viewer, id, silent)`` sets it and ``silenced(viewer)``
    lists the ids: one truth, kept there. Without them this room keeps it. ``lists`` tells whether she may
    have every post of the place by mail.
    """

    label: Any
    named: Callable[[Viewer, set[int]], Mapping[int, Named]]
    silence: Callable[[Viewer, int, bool], None] | None = None
    silenced: Callable[[Viewer], Iterable[int]] | None = None
    lists: Callable[[Viewer, int], bool] | None = None


places: Registry[Place] = Registry("places of notifications")


def parts(place: str) -> tuple[str, int] | None:
    """``("community", 12)`` for ``community:12``; None for what is no such name."""
    sort, _colon, number = place.partition(":")
    return (sort, int(number)) if number.isascii() and number.isdigit() and len(number) < 19 else None


def named(viewer: Viewer, wanted: Iterable[str]) -> dict[str, Named]:
    """Names of places, for those that the viewer may see: one question for each sort."""
    ids: dict[str, set[int]] = {}
    for place in wanted:
        split = parts(place)
        if split and split[0] in places:
            ids.setdefault(split[0], set()).add(split[1])
    found: dict[str, Named] = {}
    for sort, numbers in ids.items():
        entry = places.get(sort)
        if entry is not None:
            found |= {f"{sort}:{number}": words for number, words in entry.named(viewer, numbers).items()}
    return found
