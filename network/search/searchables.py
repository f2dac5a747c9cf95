"""Where one can look for things again and again: rooms register what a kept search of theirs means."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from network.foundations.registry import Registry
from network.foundations.viewer import Viewer

#: Kind and number of something that was found.
Thing = tuple[str, int]
#: How many things a search that tells of new ones may find.
MOST = 1000


@dataclass(frozen=True)
class Shown:
    """Something that was found, in words for one viewer."""

    title: str
    url: str


@dataclass(frozen=True)
class Searchable:
    """``read`` makes the kept query of an address (empty: it asks for nothing), ``words`` says it to people,
    ``url`` is the page that shows it.

    ``find`` answers what the viewer finds now, ``most`` at most, the newest first where there is an order of
    time. ``show`` gives words to those things that she may see now, and to no others; in the same order.
    """

    label: Any
    read: Callable[[QueryDict], str]
    words: Callable[[str], str]
    url: Callable[[str], str]
    find: Callable[[Viewer, str, int], Sequence[Thing]]
    show: Callable[[Viewer, Sequence[Thing]], Sequence[Shown]]


searchables: Registry[Searchable] = Registry("what can be searched again")
