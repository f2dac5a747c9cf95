"""The one rule: may this part go out, now, through this exit, to somebody who holds these keys?

Pure and total: no database, no clock of its own, no person. There is no input for staff or superusers,
so no bug elsewhere can pass one in. What is not known, not granted or not understood is denied.
"""

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass, field, replace
from datetime import datetime

from network.consent.enums import Action, Exposure, RecordKind, State
from network.foundations.viewer import EVERYONE, MEMBER

HOLDERS = "holders"
ANY_LANGUAGE = "*"

# Only these can be an audience. A role or an office is none: nobody reads by running the machine.
_NAMED_AUDIENCE = re.compile(r"(?:community|holder):[1-9][0-9]{0,17}")

_RELUCTANCE = [
    State.WITHDRAWN,
    State.REFUSED,
    State.SUSPENDED,
    State.UNKNOWN,
    State.EXPIRED,
    State.OUT_OF_SEASON,
    State.SCHEDULED,
    State.GIVEN,
]


@dataclass(frozen=True)
class Clause:
    """One scope of a record: who, what, through which exits, in which languages, when."""

    audience: str
    actions: frozenset[str]
    exits: frozenset[str]
    languages: frozenset[str]
    starts: datetime | None = None
    ends: datetime | None = None
    months: frozenset[int] = frozenset()

    def state(self, now: datetime) -> State:
        if self.starts and now < self.starts:
            return State.SCHEDULED
        if self.ends and now >= self.ends:
            return State.EXPIRED
        if self.months and now.month not in self.months:
            return State.OUT_OF_SEASON
        return State.GIVEN

    def said(self) -> list:
        """The clause in plain values and one order only, for the hash of its record."""
        return [
            self.audience,
            sorted(self.actions),
            sorted(self.exits),
            sorted(self.languages),
            self.starts and self.starts.timestamp(),
            self.ends and self.ends.timestamp(),
            sorted(self.months),
        ]


@dataclass(frozen=True)
class Word:
    """The newest record of one holder."""

    kind: str
    clauses: tuple[Clause, ...] = ()

    def state(self, now: datetime) -> State:
        """The best that any clause offers now; a record of any other kind is its own state."""
        if self.kind == RecordKind.GIVEN:
            states = {clause.state(now) for clause in self.clauses}
            for state in (State.GIVEN, State.SCHEDULED, State.OUT_OF_SEASON, State.EXPIRED):
                if state in states:
                    return state
            return State.UNKNOWN
        return State(self.kind) if self.kind in State.values else State.UNKNOWN


@dataclass(frozen=True)
class Terms:
    """What stands on record for one part: the holders who must agree and the newest word of each."""

    holders: frozenset[int]
    words: Mapping[int, Word] = field(default_factory=dict)
    exposure: str = Exposure.REFERENCE

    def state(self, now: datetime) -> State:
        """The state of an item is that of its most reluctant holder."""
        states = {self.words[h].state(now) if h in self.words else State.UNKNOWN for h in self.holders}
        return next((state for state in _RELUCTANCE if state in states), State.UNKNOWN)


@dataclass(frozen=True)
class Asked:
    """Who asks for what: an exit, the action that it performs, a language, the asker's keys."""

    exit: str
    action: str
    language: str
    keys: Set[str]


@dataclass(frozen=True)
class Decision:
    """``code`` says why, in a word that may stand in a log."""

    allowed: bool
    code: str


def decide(terms: Terms, asked: Asked, now: datetime) -> Decision:
    """Allowed only if every holder allows it (intersection); the first that does not gives the reason."""
    if not terms.holders:
        return Decision(False, "no_holder")
    for holder in sorted(terms.holders):
        refusal = _refusal(holder, terms, asked, now)
        if refusal:
            return Decision(False, refusal)
    return Decision(True, "own_use" if asked.action == Action.KEEP else "scope")


def _refusal(holder: int, terms: Terms, asked: Asked, now: datetime) -> str:
    """Why ``holder`` does not allow it; empty if it does."""
    if asked.action == Action.KEEP and f"holder:{holder}" in asked.keys:
        return ""  # customary use: no term stands between a people and its own knowledge
    word = terms.words.get(holder)
    if word is None:
        return State.UNKNOWN.value
    state = word.state(now)
    if state is not State.GIVEN:
        return state.value
    if any(_covers(clause, terms, asked, now) for clause in word.clauses):
        return ""
    return "scope"


def _covers(clause: Clause, terms: Terms, asked: Asked, now: datetime) -> bool:
    return (
        clause.state(now) is State.GIVEN
        and asked.action in clause.actions
        and asked.exit in clause.exits
        and (ANY_LANGUAGE in clause.languages or asked.language in clause.languages)
        and ceiling_allows(terms.exposure, clause.audience)
        and _admits(clause.audience, terms.holders, asked.keys)
    )


def granted(terms: Terms, asked: Asked, now: datetime) -> frozenset[Action]:
    """Everything that may be done by whoever asks, where she asks."""
    return frozenset(a for a in Action if decide(terms, replace(asked, action=a), now).allowed)


def is_audience(audience: str) -> bool:
    return audience in (HOLDERS, MEMBER, EVERYONE) or bool(_NAMED_AUDIENCE.fullmatch(audience))


def ceiling_allows(exposure: str, audience: str) -> bool:
    """Whether the ceiling of the item leaves room for this audience."""
    if exposure == Exposure.OPEN:
        return True
    if exposure == Exposure.SHARED:
        return audience != EVERYONE
    return exposure == Exposure.KNOWN and audience == HOLDERS


def _admits(audience: str, holders: frozenset[int], keys: Set[str]) -> bool:
    if not is_audience(audience):
        return False
    if audience == HOLDERS:
        return any(f"holder:{holder}" in keys for holder in holders)
    return audience in keys
