"""Pieces of pages that are made once and used again, in the memory of one process.

A piece is found by everything that it is made of, so nothing has to be told when a row changes: it is asked
for by another key from then on. What nobody asks for goes by and by.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")

#: So long a piece stays at most: somebody's name stands in memory no longer than that after she has left.
SECONDS = 600.0


class Kept(Generic[T]):
    """At most ``most`` pieces, those that were used last. ``make`` may be called twice for one key."""

    def __init__(self, most: int, seconds: float = SECONDS) -> None:
        self._most = most
        self._seconds = seconds
        self._lock = Lock()
        self._pieces: OrderedDict[Hashable, tuple[float, T]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._pieces)

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        now = time.monotonic()
        with self._lock:
            found = self._pieces.get(key)
            if found is not None and now - found[0] < self._seconds:
                self._pieces.move_to_end(key)
                return found[1]
        made = make()
        with self._lock:
            self._pieces[key] = now, made
            self._pieces.move_to_end(key)
            self._let_go(now)
        return made

    def clear(self) -> None:
        with self._lock:
            self._pieces.clear()

    def _let_go(self, now: float) -> None:
        """Those that were not used for longest; and of the oldest a few whose time is over."""
        while len(self._pieces) > self._most:
            self._pieces.popitem(last=False)
        for _turn in range(2):
            key, (made, _piece) = next(iter(self._pieces.items()))
            if now - made < self._seconds:
                return
            del self._pieces[key]
