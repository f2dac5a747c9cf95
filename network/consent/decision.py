"""The one rule: may this part go out, now, through this exit, to somebody who holds these keys?

Pure and total: no database, no clock of its own, no person. There is no input for staff or superusers,
so no bug elsewhere can pass one in. What is not known, not granted or not understood is denied.
"""

import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from network.consent import labels
from network.consent.enums import Action, Circle, Exposure, RecordKind, ReleaseRule, State, Voice
from network.foundations.viewer import EVERYONE, MEMBER

HOLDERS = "holders"
WORKSPACE = "workspace"
ANY_LANGUAGE = "*"

# Only these can be an audience. A role or an office is none: nobody reads by running the machine.
_NUMBER = "[1-9][0-9]{0,17}"
_NAMED = (
    rf"(?:(?:community|organization|user|holder):{_NUMBER}|holder:{_NUMBER}:(?:{'|'.join(Circle.values)}))"
)
#: Where people read together: an audience can be bound to one such place, ``community:3@thread:12``.
_PLACE = rf"thread:{_NUMBER}"
_NAMED_AUDIENCE = re.compile(rf"{_NAMED}(?:@{_PLACE})?")
_WHEREVER = re.compile(_NAMED)
_SOMEWHERE = re.compile(_PLACE)

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
    onward: bool = False

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
        said = [
            self.audience,
            sorted(self.actions),
            sorted(self.exits),
            sorted(self.languages),
            self.starts and self.starts.timestamp(),
            self.ends and self.ends.timestamp(),
            sorted(self.months),
        ]
        return [*said, "onward"] if self.onward else said

    def within(self, other: "Clause") -> bool:
        """Whether everything that this allows, ``other`` allows too.

        That holders read in their own workspace (``KEEP``) widens nothing.
        """
        own = self.audience == HOLDERS
        actions = self.actions - {Action.KEEP} if own else self.actions
        exits = self.exits - {WORKSPACE} if own else self.exits
        return (
            (
                self.audience == other.audience
                or self.audience.startswith(f"{other.audience}@")
                or _reach(self.audience) < _reach(other.audience)
            )
            and actions <= other.actions
            and exits <= other.exits
            and (ANY_LANGUAGE in other.languages or self.languages <= other.languages)
            and (other.starts is None or (self.starts is not None and self.starts >= other.starts))
            and (other.ends is None or (self.ends is not None and self.ends <= other.ends))
            and (not other.months or (bool(self.months) and self.months <= other.months))
            and (other.onward or not self.onward)
        )


@dataclass(frozen=True)
class Word:
    """The newest record of one holder.

    ``voice`` and ``signers``: who agreed. ``owed``: the day on which something was due that is still owed and
    without which the holder does not share.
    """

    kind: str
    clauses: tuple[Clause, ...] = ()
    starts: datetime | None = None
    ends: datetime | None = None
    voice: str = Voice.GENERAL
    signers: frozenset[int] = frozenset()
    owed: date | None = None

    def state(self, now: datetime) -> State:
        """The best that any clause offers now; a record of any other kind is its own state."""
        if self.kind != RecordKind.GIVEN:
            return State(self.kind) if self.kind in State.values else State.UNKNOWN
        if self.owed and now.date() > self.owed:
            return State.SUSPENDED
        if self.ends and now >= self.ends:
            return State.EXPIRED
        states = {clause.state(now) for clause in self.clauses}
        if self.starts and now < self.starts:
            states = {State.SCHEDULED}
        for state in (State.GIVEN, State.SCHEDULED, State.OUT_OF_SEASON, State.EXPIRED):
            if state in states:
                return state
        return State.UNKNOWN


@dataclass(frozen=True)
class Terms:
    """What stands on record for one item: its holders, the newest word of each, and the rule between them.

    ``needed`` counts for a quorum, ``decider`` is the holder and the authority that a named one means.
    ``women_decide``: holders who named a women's authority, for what is ``of_women``. ``sources``: the
    terms of everything that this was made from; it goes no farther than any of them.
    """

    holders: frozenset[int]
    words: Mapping[int, Word] = field(default_factory=dict)
    exposure: str = Exposure.REFERENCE
    rule: str = ReleaseRule.ALL
    needed: int = 0
    decider: tuple[int, int] | None = None
    of_women: bool = False
    women_decide: frozenset[int] = frozenset()
    labels: frozenset[tuple[str, str]] = frozenset()
    sources: tuple["Terms", ...] = ()

    @property
    def lineage(self) -> tuple["Terms", ...]:
        return (self, *(far for near in self.sources for far in near.lineage))

    def state(self, now: datetime) -> State:
        """The state of an item is that of its most reluctant holder, its sources' holders included."""
        states = {state for terms in self.lineage for state in terms._states(now)}
        return next((state for state in _RELUCTANCE if state in states), State.UNKNOWN)

    def _states(self, now: datetime) -> set[State]:
        """Of everybody who counts: silence counts only as long as too few have spoken."""
        states = {holder: self.word_state(holder, now) for holder in self.holders}
        given = {holder for holder, state in states.items() if state is State.GIVEN}
        if self.agreed_by(given):
            return {state for holder, state in states.items() if holder in self.words}
        return set(states.values()) or {State.UNKNOWN}

    def word_state(self, holder: int, now: datetime) -> State:
        """What ``holder`` says now. On women's knowledge another voice than the women's says nothing."""
        word = self.words.get(holder)
        if word is None or (
            word.kind == RecordKind.GIVEN
            and self.of_women
            and holder in self.women_decide
            and word.voice != Voice.WOMEN
        ):
            return State.UNKNOWN
        return word.state(now)

    def agreed_by(self, holders: Set[int]) -> bool:
        """Whether it is enough that these holders agree, as long as none of the others objects."""
        if self.rule == ReleaseRule.QUORUM:
            return self.needed >= 1 and len(holders & self.holders) >= self.needed
        if self.rule == ReleaseRule.NAMED and self.decider:
            holder, authority = self.decider
            word = self.words.get(holder)
            return holder in holders & self.holders and word is not None and authority in word.signers
        return self.rule == ReleaseRule.ALL and bool(self.holders) and holders >= self.holders


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
    """Allowed only if all agree whose word is needed and nobody objects, for the item and all its sources."""
    if asked.action == Action.DISCOVER:
        return _discovery(terms, asked)
    for each in terms.lineage:
        refusal = _refusal(each, asked, now)
        if refusal:
            return Decision(False, refusal)
    own = all(_is_own_use(holder, asked) for each in terms.lineage for holder in each.holders)
    return Decision(True, "own_use" if own else "scope")


def _discovery(terms: Terms, asked: Asked) -> Decision:
    """That an item exists is for everybody to know, unless its holders hide it or one of its sources."""
    for each in terms.lineage:
        if each.exposure not in Exposure.values or not each.holders:
            return Decision(False, "unknown")
        own = any(f"holder:{holder}" in asked.keys for holder in each.holders)
        if each.exposure == Exposure.HIDDEN and not own:
            return Decision(False, "hidden")
    return Decision(True, "exposure")


def _is_own_use(holder: int, asked: Asked) -> bool:
    """Customary use: no term of others stands between a people and its own knowledge (Nagoya, 12.4)."""
    return asked.action == Action.KEEP and f"holder:{holder}" in asked.keys


def _refusal(terms: Terms, asked: Asked, now: datetime) -> str:
    """Why the holders of one item do not allow it; empty if they do."""
    if not terms.holders:
        return "no_holder"
    if labels.hold_back(terms.labels, terms.holders, asked.action, asked.keys):
        return "label"
    refusals = {holder: _objection(holder, terms, asked, now) for holder in sorted(terms.holders)}
    agreed = {holder for holder, refusal in refusals.items() if not refusal}
    objecting = [refusals[holder] for holder in refusals if refusals[holder] and holder in terms.words]
    if terms.agreed_by(agreed) or (len(agreed) == len(refusals) and _all_own(terms, asked)):
        return objecting[0] if objecting else ""
    return next((refusal for refusal in refusals.values() if refusal), terms.rule)


def _all_own(terms: Terms, asked: Asked) -> bool:
    return all(_is_own_use(holder, asked) for holder in terms.holders)


def _objection(holder: int, terms: Terms, asked: Asked, now: datetime) -> str:
    """Why ``holder`` does not allow it; empty if it does."""
    if _is_own_use(holder, asked):
        return ""
    state = terms.word_state(holder, now)
    if state is not State.GIVEN:
        return state.value
    return "" if _covering(terms.words[holder], terms, asked, now) else "scope"


def _covering(word: Word, terms: Terms, asked: Asked, now: datetime) -> list[Clause]:
    return [clause for clause in word.clauses if _covers(clause, terms, asked, now)]


def _covers(clause: Clause, terms: Terms, asked: Asked, now: datetime) -> bool:
    return (
        clause.state(now) is State.GIVEN
        and asked.action in clause.actions
        and asked.exit in clause.exits
        and (ANY_LANGUAGE in clause.languages or asked.language in clause.languages)
        and ceiling_allows(terms.exposure, clause.audience, terms.holders)
        and _admits(clause.audience, terms.holders, asked.keys)
    )


@dataclass(frozen=True)
class Conditions:
    """How something that was released may be used, until when, and whether it may be passed on."""

    uses: frozenset[Action] = frozenset()
    until: datetime | None = None
    onward: bool = False


def conditions(terms: Terms, asked: Asked, now: datetime) -> Conditions:
    """Everything that may be done by whoever asks, where she asks, under the narrowest of all words."""
    uses = frozenset(a for a in Action if decide(terms, replace(asked, action=a), now).allowed)
    until: datetime | None = None
    onward = True
    for each in terms.lineage:
        for word in each.words.values():
            covering = _covering(word, each, asked, now)
            onward = onward and any(clause.onward for clause in covering)
            ends = [clause.ends for clause in covering]
            last = None if None in ends else max((end for end in ends if end), default=None)
            until = min((end for end in (until, last, word.ends) if end), default=None)
    return Conditions(uses, until, onward)


def narrows(new: Iterable[Clause], old: Iterable[Clause]) -> bool:
    """Whether ``new`` allows nothing that ``old`` did not: then one authority alone may say it."""
    allowed_before = list(old)
    return all(any(clause.within(before) for before in allowed_before) for clause in new)


def _reach(audience: str) -> int:
    """Everybody is more than all members, all members are more than some of them."""
    return 2 if audience == EVERYONE else 1 if audience == MEMBER else 0


def at_place(audience: str, place: str) -> str:
    """``audience`` as long as it reads at ``place``, and nowhere else."""
    return f"{audience}@{place}"


def keys_at(keys: Set[str], place: str) -> frozenset[str]:
    """The keys of somebody who reads at ``place``: her own, and those that name somebody bound to it."""
    if not _SOMEWHERE.fullmatch(place):
        return frozenset(keys)
    return frozenset(keys | {at_place(key, place) for key in keys if _WHEREVER.fullmatch(key)})


def is_audience(audience: str) -> bool:
    return audience in (HOLDERS, MEMBER, EVERYONE) or bool(_NAMED_AUDIENCE.fullmatch(audience))


def ceiling_allows(exposure: str, audience: str, holders: Set[int]) -> bool:
    """Whether the ceiling of the item leaves room for this audience."""
    if exposure == Exposure.OPEN:
        return True
    if exposure == Exposure.SHARED:
        return audience != EVERYONE
    return exposure in (Exposure.KNOWN, Exposure.HIDDEN) and (
        audience == HOLDERS or _holder_in(audience) in holders
    )


def _holder_in(audience: str) -> int | None:
    """The holder that an audience such as ``holder:3`` or ``holder:3:women`` speaks of."""
    parts = audience.partition("@")[0].split(":")
    return int(parts[1]) if parts[0] == "holder" and _NAMED_AUDIENCE.fullmatch(audience) else None


def _admits(audience: str, holders: frozenset[int], keys: Set[str]) -> bool:
    if not is_audience(audience):
        return False
    if audience == HOLDERS:
        return any(f"holder:{holder}" in keys for holder in holders)
    return audience in keys
