"""Mails that can be answered with a word: which kinds, what may be said, and what each word does.

A room registers beside its kind what an answer to the mail does; the door for the address is its own
(``inbound.doors``), and reads the words with ``inbound.spoken``. The kind may belong to a room below.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from network.foundations.registry import Registry
from network.foundations.viewer import Viewer
from network.notifications.kinds import Ids


@dataclass(frozen=True)
class Choice:
    """Its number or its word stands on the first line of the answer; ``does`` says what happens then.
    ``with_reason``: a reason stands below it."""

    number: int
    word: str
    does: str
    with_reason: bool = False


@dataclass(frozen=True)
class Answering:
    """Where the answer goes, what may be said, and what else she should know."""

    address: str
    choices: Sequence[Choice]
    note: str = ""

    def mailto(self, choice: Choice) -> str:
        """Opens the mail with that answer in it: on a phone two taps."""
        below = "%0A%0A" if choice.with_reason else ""
        return f"mailto:{self.address}?body={choice.number}{below}"

    @property
    def linked(self) -> list[tuple[Choice, str]]:
        return [(choice, self.mailto(choice)) for choice in self.choices]


#: By the name of a kind: how this notice is answered by this person; None where it cannot be any more.
answerable: Registry[Callable[[Ids, Viewer], Answering | None]] = Registry("answers by mail")


def answering_of(kind: str, ids: Ids, viewer: Viewer) -> Answering | None:
    """Asked only where a mail is written: it may cost questions."""
    found = answerable.get(kind)
    said = found(ids, viewer) if found else None
    return said if said and said.address else None
