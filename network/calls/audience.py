"""The keys that a person holds through calls."""

from collections.abc import Iterator
from typing import Any

from network.calls.models import PanelMember
from network.foundations.prepared import WHO
from network.foundations.viewer import KeyRows


def _keys(user: Any, rows: list[tuple[str, str]]) -> Iterator[str]:
    """``juror:<call id>`` for each jury that the person sits on."""
    for call_id, _nothing in rows:
        yield f"juror:{call_id}"


juror_keys = KeyRows(
    rows=lambda: PanelMember.objects.filter(person=WHO),
    first="call_id",
    keys=_keys,
)
