"""The key that keepers of a roster hold."""

from collections.abc import Iterator
from typing import Any

from network.experts.models import RosterKeeper
from network.foundations.prepared import WHO
from network.foundations.viewer import KeyRows


def _keys(user: Any, rows: list[tuple[str, str]]) -> Iterator[str]:
    """``roster:<id>:keeper`` for each roster that she looks after."""
    for roster, _nothing in rows:
        yield f"roster:{roster}:keeper"


keeper_keys = KeyRows(
    rows=lambda: RosterKeeper.objects.current().filter(person=WHO, roster__closed_at=None),
    first="roster_id",
    keys=_keys,
)
