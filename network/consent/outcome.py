"""What the gate answers about one token."""

from dataclasses import dataclass, field
from uuid import UUID

from network.consent.decision import Conditions
from network.consent.enums import Action
from network.consent.terms import HolderCard
from network.consent.tokens import Token


@dataclass(frozen=True)
class Media:
    """The file of a part: the name under which it goes out, what it is, and how many bytes."""

    handle: UUID
    media_type: str
    size: int

    @property
    def is_picture(self) -> bool:
        return self.media_type.startswith("image/")

    @property
    def is_sound(self) -> bool:
        return self.media_type.startswith("audio/")


@dataclass(frozen=True)
class Outcome:
    """What became of one token: a text and what may be done with it, or the code of the refusal.

    ``warnings``: what has to be asked before it is shown. ``duties``: what whoever uses it owes.
    """

    token: Token
    code: str
    text: str | None = field(default=None, repr=False)
    language: str = ""
    holders: tuple[HolderCard, ...] = ()
    conditions: Conditions = field(default_factory=Conditions)
    warnings: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()
    labels: tuple[tuple[str, str], ...] = ()
    media: Media | None = None

    @property
    def released(self) -> bool:
        return self.text is not None

    @property
    def uses(self) -> frozenset[Action]:
        return self.conditions.uses

    @property
    def is_knowledge(self) -> bool:
        """Released under terms; not what holders and those whom they talk to read as their own."""
        return self.code not in ("own_use", "party")
