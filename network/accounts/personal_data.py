"""What each room holds about a person: to hand it to her, and to erase it. Rooms register in ``ready()``."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise

from network.foundations.registry import Registry


@dataclass(frozen=True)
class Seen:
    """Somebody has looked at, or taken out, what others do not see of a person. ``who`` is a person or
    nobody, where the installation itself did."""

    at: datetime
    who: Any
    what: str | Promise
    purpose: str = ""


def nothing(user: Any) -> Iterable[Any]:
    return ()


@dataclass(frozen=True)
class File:
    """A file of hers: ``read()`` answers its bytes, or nothing where it is gone."""

    name: str
    size: int
    read: Callable[[], bytes | None]


@dataclass(frozen=True)
class Holding:
    """What one room holds about people.

    ``export(user)`` answers what it holds, as dicts and lists of plain values; keys are shown as headings.
    ``erase(user, keep_contributions)`` removes it inside the caller's transaction. If contributions are kept,
    what she wrote for others stays, under the name 'Former member'; what is only about her goes in any case.
    The row of the person herself stays, emptied, so that nothing that points to her breaks.

    ``files(user)`` gives pictures and documents of hers for her copy: a name, how many bytes, and how they
    are read. ``looks(user)`` tells who has looked at what, where a room keeps that by itself; others call
    ``actions.looked_at``.
    """

    label: str | Promise
    export: Callable[[Any], dict | list]
    erase: Callable[[Any, bool], None]
    files: Callable[[Any], Iterable[File]] = nothing
    looks: Callable[[Any], Iterable[Seen]] = nothing


personal_data: Registry[Holding] = Registry("personal data")
