"""Lists that rooms above offer to a page; what is found is asked anew for each reader."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from network.foundations.registry import Registry
from network.foundations.viewer import Viewer


@dataclass(frozen=True)
class Listing:
    """``row`` is the template of one of them (``item``); ``find`` is called with the reader, the word of the
    thesaurus that they are about, or None, and how many are wanted at most."""

    row: str
    find: Callable[[Viewer, Any, int], Sequence[Any]]


listings: Registry[Listing] = Registry("lists for blocks of pages")
