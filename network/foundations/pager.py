"""Keyset paging: a list pages by the key of its last row, so that page 100 costs what page 1 does."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import Http404


@dataclass(frozen=True)
class KeysetPage:
    """``rows`` of one page and the cursors of its neighbours (empty where there is none)."""

    rows: list[Any]
    next: str = ""
    previous: str = ""

    def __iter__(self):
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def _encode(direction: str, values: list[Any]) -> str:
    plain = [value.isoformat() if isinstance(value, datetime) else value for value in values]
    packed = json.dumps([direction, plain], separators=(",", ":"), default=str).encode()
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def _decode(cursor: str, keys: list[str]) -> tuple[str, list[Any]]:
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        direction, values = json.loads(base64.urlsafe_b64decode(padded.encode()))
    except (binascii.Error, ValueError, TypeError, UnicodeError, RecursionError):
        raise Http404("This page address is not one of ours.") from None
    known = isinstance(values, list) and all(_is_comparable(value) for value in values)
    if direction not in ("after", "before") or not known or len(values) != len(keys):
        raise Http404("This page address is not one of ours.")
    return direction, values


def _is_comparable(value: Any) -> bool:
    """A plain value that both databases can compare with a column."""
    return isinstance(value, int | float) or (isinstance(value, str) and "\x00" not in value)


def _beyond(keys: list[str], values: list[Any], *, reverse: bool) -> Q:
    """Rows strictly past ``values`` in the order of ``keys`` (lexicographic, mixed directions)."""
    condition = Q()
    equal_so_far = Q()
    for key, value in zip(keys, values, strict=True):
        name = key.lstrip("-")
        descending = key.startswith("-") != reverse
        condition |= equal_so_far & Q(**{f"{name}__{'lt' if descending else 'gt'}": value})
        equal_so_far &= Q(**{name: value})
    return condition


def paginate(queryset: QuerySet, keys: list[str], cursor: str = "", size: int = 20) -> KeysetPage:
    """One page of ``queryset`` in the order of ``keys``, e.g. ``["-last_posted_at", "-id"]``.

    ``keys`` must not be null and must end in a unique column. ``cursor`` comes from a former
    page; one that was not made here raises ``Http404``. One query.
    """
    return paginate_together([queryset], keys, cursor, size)


def paginate_together(
    querysets: Sequence[QuerySet], keys: list[str], cursor: str = "", size: int = 20
) -> KeysetPage:
    """One page of the rows of several querysets in one order, as if they were one; one query for each.

    Each has all of ``keys``, which together are unique among all rows: name the queryset in one of them.
    """
    direction, values = _decode(cursor, keys) if cursor else ("after", [])
    reverse = direction == "before"
    order = [key.lstrip("-") if key.startswith("-") == reverse else f"-{key.lstrip('-')}" for key in keys]
    rows = [row for queryset in querysets for row in _beginning(queryset, keys, values, order, size + 1)]
    if len(querysets) > 1:
        for key in reversed(order):
            rows.sort(key=partial(_value, path=key.lstrip("-")), reverse=key.startswith("-"))
    more = len(rows) > size
    rows = rows[:size]
    if reverse:
        rows.reverse()
    if not rows:
        return KeysetPage([])

    def cursor_at(row: Any, way: str) -> str:
        return _encode(way, [_value(row, key.lstrip("-")) for key in keys])

    has_next = more if not reverse else True
    has_previous = bool(values) if not reverse else more
    return KeysetPage(
        rows,
        next=cursor_at(rows[-1], "after") if has_next else "",
        previous=cursor_at(rows[0], "before") if has_previous else "",
    )


def page_of_ranking(rows: Sequence[tuple], cursor: str = "", size: int = 20) -> KeysetPage:
    """One page of a ranking that is at hand: tuples of plain values, the greatest first.

    ``cursor`` as in ``paginate``: it names a place, so that a ranking which grew meanwhile repeats nothing.
    """
    direction, values = _decode(cursor, list(rows[0])) if cursor and rows else ("after", [])
    try:
        if direction == "before":
            found = [row for row in rows if row > tuple(values)]
            start = max(len(found) - size, 0)
        else:
            start = sum(row >= tuple(values) for row in rows) if values else 0
    except TypeError:
        raise Http404("This page address is not one of ours.") from None
    shown = list(rows[start : start + size])
    if not shown:
        return KeysetPage([])
    return KeysetPage(
        shown,
        next=_encode("after", list(shown[-1])) if start + size < len(rows) else "",
        previous=_encode("before", list(shown[0])) if start else "",
    )


def _beginning(
    queryset: QuerySet, keys: list[str], values: list[Any], order: list[str], size: int
) -> list[Any]:
    """The first rows past ``values`` in ``order``."""
    found = queryset.order_by(*order)
    try:
        if values:
            found = found.filter(_beyond(keys, values, reverse=order != keys))
        return list(found[:size])
    except (ValueError, TypeError, OverflowError, ValidationError):
        raise Http404("This page address is not one of ours.") from None


def _value(row: Any, path: str) -> Any:
    for name in path.split("__"):
        row = row[name] if isinstance(row, dict) else getattr(row, name)
    return row
