"""What each room holds about a person: to hand it to her, and to erase it. Rooms register in ``ready()``."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from network.foundations.registry import Registry


@dataclass(frozen=True)
class Holding:
    """What one room holds about people.

    ``export(user)`` answers what it holds, as dicts and lists of plain values; keys are shown as headings.
    ``erase(user, keep_contributions)`` removes it inside the caller's transaction. If contributions are kept,
    what she wrote for others stays, under the name 'Former member'; what is only about her goes in any case.
    The row of the person herself stays, emptied, so that nothing that points to her breaks.
    """

    label: str | Promise
    export: Callable[[Any], dict | list]
    erase: Callable[[Any, bool], None]


personal_data: Registry[Holding] = Registry("personal data")
