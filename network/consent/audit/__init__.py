"""The proof that nothing leaks: every exit, every viewer, every state, in both directions.

All states of consent are made once, each with a word of its own that cannot be mistaken; through every real
door all of them are delivered to each viewer at once, and everything is taken back. What must be seen is
written down by hand and not asked of ``decide``: a gate that is wrong must not be its own witness.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction

from network.consent.audit import watchers
from network.consent.audit.canary import CANARY, FLOCK, canary, of_the_flock, shows, shows_in_bytes, traces
from network.consent.audit.doors import deliver
from network.consent.audit.states import STATES, State
from network.consent.audit.watchers import Watcher
from network.consent.enums import PartName
from network.consent.exits import exits
from network.consent.routers import KEYS
from network.consent.tokens import Token

__all__ = [
    "CANARY",
    "FLOCK",
    "STATES",
    "Cell",
    "Stage",
    "State",
    "canary",
    "cells",
    "cells_on",
    "delivery",
    "shows",
    "shows_in_bytes",
    "staged",
    "traces",
]


@dataclass(frozen=True)
class Cell:
    state: str
    exit: str
    watcher: str
    expected: bool
    seen: bool

    @property
    def holds(self) -> bool:
        return self.expected == self.seen

    def __str__(self) -> str:
        verdict = "ok" if self.holds else "LEAK" if self.seen else "WITHHELD"
        told = "shown" if self.seen else "withheld"
        return f"{verdict:<8} {self.state:<30} {self.exit:<10} {self.watcher:<24} {told}"


@dataclass(frozen=True)
class Placed:
    """One state with the word that was sealed in it and the token that stands for it."""

    state: State
    word: str
    token: Token


@dataclass(frozen=True)
class Stage:
    """All states beside each other, and everybody who looks."""

    placed: list[Placed]
    watchers: list[Watcher]


@contextmanager
def staged(states: Iterable[State] | None = None) -> Iterator[Stage]:
    """Every state, made in transactions that are taken back at the end."""
    with transaction.atomic(), transaction.atomic(using=KEYS):
        try:
            world = watchers.world()
            chosen = STATES if states is None else states
            yield Stage([_place(world, n, state) for n, state in enumerate(chosen)], world.watchers)
        finally:
            transaction.set_rollback(True)
            transaction.set_rollback(True, using=KEYS)


def _place(world: watchers.World, number: int, state: State) -> Placed:
    made = state.make(world, canary(number))
    return Placed(state, canary(number), made if isinstance(made, Token) else made.token(PartName.BODY))


def cells_on(stage: Stage) -> Iterator[Cell]:
    """The matrix, one delivery after the other."""
    for exit in exits.names():
        for watcher in stage.watchers:
            yield from delivery(stage, exit, watcher)


def delivery(stage: Stage, exit: str, watcher: Watcher) -> Iterator[Cell]:
    """Everything at once through ``exit`` to ``watcher``, and what she saw of each state."""
    delivered = deliver(exit, watcher, [placed.token for placed in stage.placed])
    seen = of_the_flock(delivered, [placed.word for placed in stage.placed])
    for placed in stage.placed:
        expected = placed.state.expects(exit, watcher.name)
        yield Cell(placed.state.name, exit, watcher.name, expected, placed.word in seen)


def cells() -> Iterator[Cell]:
    """The whole matrix; nothing of it is left."""
    with staged() as stage:
        yield from cells_on(stage)
