"""The keys that a person holds by belonging to knowledge holders."""

import json
from collections.abc import Iterator
from typing import Any

from network.consent.models import Standing
from network.foundations.prepared import NOW, WHO
from network.foundations.viewer import KeyRows


def _keys(user: Any, rows: list[tuple[str, str]]) -> Iterator[str]:
    """``holder:<id>`` for each holder whose people she belongs to, as attested and in force now.

    With one more for each circle in which she is: ``holder:<id>:women``.
    """
    for holder, circles in rows:
        yield f"holder:{holder}"
        for circle in json.loads(circles):
            yield f"holder:{holder}:{circle}"


holder_keys = KeyRows(
    rows=lambda: Standing.objects.in_force(NOW).filter(user=WHO),
    first="holder_id",
    second="circles",
    keys=_keys,
)
