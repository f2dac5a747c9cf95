"""Many things a few at a time."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def batches(things: Iterable[T], size: int) -> Iterator[list[T]]:
    """Lists of at most ``size``; no more than one of them is in memory."""
    left = iter(things)
    while some := list(islice(left, size)):
        yield some
