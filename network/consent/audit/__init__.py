"""The proof that nothing leaks: every exit, every viewer, every state, in both directions.

Each state of consent is made anew with a text that cannot be mistaken, delivered through the real doors to
each viewer, and taken back. What must be seen is written down by hand and not asked of ``decide``: a gate
that is wrong must not be its own witness.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction

from network.consent.audit import watchers
from network.consent.audit.canary import CANARY, shows, traces
from network.consent.audit.doors import deliver
from network.consent.audit.states import STATES, State
from network.consent.enums import PartName
from network.consent.exits import exits
from network.consent.routers import KEYS

__all__ = ["CANARY", "STATES", "Cell", "State", "cells", "shows", "traces"]


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


def cells() -> Iterator[Cell]:
    """The whole matrix, state by state; every state is taken back before the next is made."""
    for state in STATES:
        with transaction.atomic(), transaction.atomic(using=KEYS):
            found = list(_cells_of(state))
            transaction.set_rollback(True)
            transaction.set_rollback(True, using=KEYS)
        yield from found


def _cells_of(state: State) -> Iterator[Cell]:
    world = watchers.world()
    token = state.make(world).token(PartName.BODY)
    for exit in exits.names():
        for watcher in world.watchers:
            seen = shows(deliver(exit, watcher, token))
            yield Cell(state.name, exit, watcher.name, state.expects(exit, watcher.name), seen)
