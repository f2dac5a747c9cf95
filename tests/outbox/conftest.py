"""Handlers of a test's own."""

from collections.abc import Callable

import pytest

from network.foundations.registry import Registry
from network.outbox import actions, handlers


@pytest.fixture
def on(monkeypatch) -> Callable:
    """``on(name, *kinds, run=...)`` for this test only; no other handler listens."""
    registry = Registry("outbox handlers of this test")
    monkeypatch.setattr(handlers, "handlers", registry)
    monkeypatch.setattr(actions, "handlers", registry)
    return handlers.on
