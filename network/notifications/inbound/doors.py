"""What a mail to an address of ours does: rooms register their doors in ``AppConfig.ready()``.

A door knows the local parts that are its own, weighs a mail that came through it, and posts it in the name of
a person: at once, or once she has said that it is hers.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from network.foundations.registry import Registry
from network.notifications.enums import IncomingReason, IncomingState
from network.notifications.inbound import addresses

if TYPE_CHECKING:
    from network.accounts.models import User
    from network.notifications.inbound.parcels import Parcel


@dataclass(frozen=True)
class Verdict:
    """What becomes of a mail.

    ``said`` goes back to its sender as a sentence, with her own words below where ``with_text``. ``person``
    is whose words it holds, ``desk`` who decides (``community:12``), ``ids`` the rows that it is about.
    """

    state: IncomingState
    reason: IncomingReason
    said: str = ""
    with_text: bool = False
    person: "User | None" = None
    desk: str = ""
    ids: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Door:
    """``find(local)`` gives what an address stands for, or None where it is not this door's.

    ``take(place, parcel)`` runs in the transaction that settles the mail. ``post(place, parcel, person)``
    does its deed for a person who is known to have written it. Both raise ``Refused`` or
    ``PermissionDenied`` with a sentence where it cannot be done, and the mail goes back. For her who is asked
    whether it is hers, ``label(place, person)`` names where it would stand and ``words(parcel)`` gives what
    it says. ``returned(place, parcel)`` is what of it goes back to her where not all of it could be done,
    if that is not all that it says.
    A door without ``post`` takes what nobody writes.
    """

    find: Callable[[str], Any]
    take: "Callable[[Any, Parcel], Verdict]"
    post: "Callable[[Any, Parcel, User], Verdict] | None" = None
    label: "Callable[[Any, User], str]" = lambda place, person: ""
    words: "Callable[[Parcel], str]" = lambda parcel: parcel.own_words
    returned: "Callable[[Any, Parcel], str] | None" = None


doors: Registry[Door] = Registry("what incoming mails do")


def lead_to(address: str) -> tuple[Door, Any] | None:
    """The door of ``address`` and what it stands for; None where nobody has it."""
    local = addresses.split(address)
    if not local:
        return None
    for door in doors:
        place = door.find(local)
        if place is not None:
            return door, place
    return None
