"""Who wants to be told of what: filled by rooms in ``AppConfig.ready()``."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from network.foundations.registry import Registry

if TYPE_CHECKING:
    from network.outbox.models import Entry


@dataclass(frozen=True)
class Handler:
    """``run`` is called by the worker with the entry, inside the transaction that marks it done.

    ``wait`` is how long it leaves a deed alone, for deeds that may be taken back.
    """

    kinds: frozenset[str]
    run: "Callable[[Entry], None]"
    wait: timedelta = timedelta()


handlers: Registry[Handler] = Registry("outbox handlers")

#: Name of a room to the beginning of its streams that are a record and never pruned (``consent:``).
kept_streams: Registry[str] = Registry("outbox streams that are kept")


def on(name: str, *kinds: str, run: "Callable[[Entry], None]", wait: timedelta = timedelta()) -> None:
    """Have the worker call ``run`` once for each entry of these kinds."""
    handlers.register(name, Handler(frozenset(kinds), run, wait))


def wanted_by(kind: str) -> list[str]:
    return [name for name, handler in handlers.items() if kind in handler.kinds]
