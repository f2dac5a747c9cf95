"""Rows of tables as rows of a copy."""

from collections.abc import Iterator
from typing import Any

Rows = Iterator[dict[str, Any]]


def plain(row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}
