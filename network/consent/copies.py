"""Where copies of sealed words wait: rooms in which people write tell of theirs and do what is decided.

Consent keeps the words and knows nothing of posts. The room that holds a copy back registers a ``Desk`` in
its ``AppConfig.ready()``.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from network.consent.tokens import Token
from network.foundations.registry import Registry
from network.foundations.viewer import Viewer


@dataclass(frozen=True)
class Waiting:
    """Who wrote the copy, where it would stand, and since when it waits."""

    who: str
    where: str
    since: datetime


@dataclass(frozen=True)
class Desk:
    """``waiting``: which of these tokens wait here. ``put_reference`` lets the place stand with the second
    token in it, ``give_back`` takes it away with a reason for whoever wrote it; False: it does not wait here.
    """

    waiting: Callable[[Iterable[Token], Viewer], dict[Token, Waiting]]
    put_reference: Callable[[Token, Token, Viewer], bool]
    give_back: Callable[[Token, str, Viewer], bool]


desks: Registry[Desk] = Registry("desks where copies wait")


def waiting(tokens: Iterable[Token], viewer: Viewer) -> dict[Token, Waiting]:
    """Everything of ``tokens`` that waits anywhere, as far as ``viewer`` may know of the place."""
    wanted = list(tokens)
    return {token: found for desk in desks for token, found in desk.waiting(wanted, viewer).items()}
