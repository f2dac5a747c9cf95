"""The gate: the only place where a sealed text becomes readable, for one reader at one exit.

``release`` asks ``decide`` about each token, opens what is allowed and writes down that it left, in three
queries whatever the number of tokens: terms and ciphertexts, keys, the log. Whatever goes wrong, nothing is
opened: an unknown exit, a missing part, a closed key, a database that fails, a log that cannot be written.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from network.consent import decision, keyring
from network.consent.decision import Asked, Clause, Decision, Terms, Word
from network.consent.enums import Action
from network.consent.exits import WORKSPACE, exits
from network.consent.models import ItemKey, Part, Release
from network.consent.sealed import Sealed
from network.consent.tokens import Token
from network.foundations.exceptions import Refused
from network.foundations.viewer import Viewer
from network.thesaurus.models import in_language

logger = logging.getLogger(__name__)

#: More distinct tokens than this in one response are an attack or an accident: the rest stays withheld.
MOST_TOKENS = 300


@dataclass(frozen=True)
class HolderCard:
    """What anybody may know of a holder."""

    names: dict[str, str]
    attribution: str
    contact: str
    withheld_words: str

    @property
    def named_as(self) -> str:
        return self.attribution or in_language(self.names)


@dataclass(frozen=True)
class Outcome:
    """What became of one token: a text and what may be done with it, or the code of the refusal."""

    token: Token
    code: str
    text: str | None = field(default=None, repr=False)
    language: str = ""
    holders: tuple[HolderCard, ...] = ()
    uses: frozenset[Action] = frozenset()

    @property
    def released(self) -> bool:
        return self.text is not None


@dataclass
class _Candidate:
    """One language of a part with its terms, gathered from the rows of the one query."""

    token: Token
    language: str
    sealed: Sealed
    exposure: str
    note_of: int | None
    holders: dict[int, HolderCard] = field(default_factory=dict)
    kinds: dict[int, str] = field(default_factory=dict)
    clauses: dict[int, dict[int, Clause]] = field(default_factory=dict)

    @property
    def terms(self) -> Terms:
        if self.note_of is not None:
            return Terms(frozenset({self.note_of}))
        words = {h: Word(kind, tuple(self.clauses.get(h, {}).values())) for h, kind in self.kinds.items()}
        return Terms(frozenset(self.holders), words, self.exposure)


_COLUMNS = (
    "item_id", "name", "language", "ciphertext", "holder_id", "item__exposure",
    "item__holdings__holder_id", "item__holdings__holder__names", "item__holdings__holder__attribution",
    "item__holdings__holder__contact", "item__holdings__holder__withheld_words",
    "item__holdings__record__kind", "item__holdings__record__scopes__id",
    "item__holdings__record__scopes__audience", "item__holdings__record__scopes__actions",
    "item__holdings__record__scopes__exits", "item__holdings__record__scopes__languages",
    "item__holdings__record__scopes__starts", "item__holdings__record__scopes__ends",
    "item__holdings__record__scopes__months",
)  # fmt: skip


def release(
    tokens: Iterable[Token], viewer: Viewer, exit: str, now: datetime | None = None
) -> dict[Token, Outcome]:
    """What may leave through ``exit`` for ``viewer``, opened and logged. Never raises."""
    wanted = set(tokens)
    try:
        return _opened(_weigh(wanted, viewer, exit, now or timezone.now()), wanted, viewer, exit)
    except Exception as error:
        # The class only: a message or a traceback could hold what was being opened.
        logger.error("consent gate closed: %s", type(error).__name__)
        return {token: Outcome(token, "failed") for token in wanted}


def allowed(tokens: Iterable[Token], viewer: Viewer, exit: str) -> set[Token]:
    """Which of ``tokens`` would be released now; nothing is opened and nothing logged. Never raises."""
    try:
        chosen = _chosen(_weigh(set(tokens), viewer, exit, timezone.now()))
        keys = _keys({token.item for token in chosen})
    except Exception as error:
        logger.error("consent gate closed: %s", type(error).__name__)
        return set()
    return {token for token in chosen if token.item in keys}


def seal(item: UUID, part: str, language: str, text: str) -> bytes:
    """The ciphertext of ``text``, to be kept in that place and no other. A closed key still seals."""
    key, _made = ItemKey.objects.get_or_create(
        item_id=item,
        defaults={"wrapped": keyring.new_wrapped_key(item.bytes), "wrapped_by": keyring.fingerprint()},
    )
    if key.destroyed_at:
        raise Refused(_("The key of this item was destroyed: nothing can be sealed with it."))
    return keyring.encrypt(
        keyring.unwrap(bytes(key.wrapped), item.bytes), text.encode(), _place(Token(item, part), language)
    )


def _place(token: Token, language: str) -> bytes:
    return f"{token.key}:{language}".encode()


def _weigh(
    wanted: set[Token], viewer: Viewer, exit: str, now: datetime
) -> dict[Token, tuple[_Candidate | None, Outcome]]:
    """For each token the language to release (if any) and the outcome as decided; one query."""
    door = exits.get(exit)
    if door is None:
        return {token: (None, Outcome(token, "unknown_exit")) for token in wanted}
    considered = set(sorted(wanted, key=str)[:MOST_TOKENS])
    candidates = _candidates(considered)
    weighed = {}
    for token in wanted:
        weighed[token] = _best(
            token, candidates.get(token, []), viewer, exit, door.action, now.astimezone(UTC)
        )
    return weighed


def _best(
    token: Token, candidates: list[_Candidate], viewer: Viewer, exit: str, action: str, now: datetime
) -> tuple[_Candidate | None, Outcome]:
    """The reader's language first, then the others in the order of sealing; the first that is allowed."""
    outcome = Outcome(token, "unknown")
    for candidate in sorted(candidates, key=lambda c: c.language != viewer.language):
        asked = Asked(exit, action, candidate.language, viewer.keys)
        decided = _decide(candidate, asked, now)
        if outcome.code == "unknown" or decided.allowed:
            outcome = Outcome(
                token,
                decided.code,
                language=candidate.language,
                holders=tuple(candidate.holders.values()),
            )
        if decided.allowed:
            uses = frozenset() if exit == WORKSPACE else decision.granted(candidate.terms, asked, now)
            return candidate, replace(outcome, uses=uses)
    return None, outcome


def _decide(candidate: _Candidate, asked: Asked, now: datetime) -> Decision:
    if candidate.note_of is not None and asked.exit != WORKSPACE:
        return Decision(False, "note")
    return decision.decide(candidate.terms, asked, now)


def _candidates(tokens: set[Token]) -> dict[Token, list[_Candidate]]:
    rows = (
        Part.objects.filter(item_id__in={t.item for t in tokens}, name__in={t.part for t in tokens})
        .order_by("id")
        .values_list("id", *_COLUMNS)
    )
    found: dict[int, _Candidate] = {}
    for part_id, item_id, name, language, ciphertext, note_of, exposure, *holding in rows:
        token = Token(item_id, name)
        if token not in tokens:
            continue
        candidate = found.get(part_id)
        if candidate is None:
            sealed = Sealed(token, bytes(ciphertext))
            candidate = found[part_id] = _Candidate(token, language, sealed, exposure, note_of)
        _add_holding(candidate, *holding)
    by_token: dict[Token, list[_Candidate]] = {}
    for candidate in found.values():
        by_token.setdefault(candidate.token, []).append(candidate)
    return by_token


def _add_holding(
    candidate: _Candidate, holder, names, attribution, contact, withheld_words,
    kind, scope, audience, actions, exit_names, languages, starts, ends, months,
) -> None:  # fmt: skip
    """One row of the join: a holder, its newest record if it has one, one scope of that if it has any."""
    if holder is None:
        return
    candidate.holders[holder] = HolderCard(names, attribution, contact, withheld_words)
    if kind is not None:
        candidate.kinds[holder] = kind
    if scope is not None:
        candidate.clauses.setdefault(holder, {})[scope] = Clause(
            audience, frozenset(actions), frozenset(exit_names), frozenset(languages),
            starts, ends, frozenset(months),
        )  # fmt: skip


def _keys(items: set[UUID]) -> dict[UUID, bytes]:
    """The wrapped keys that still open; none where the keys database does not answer."""
    if not items:
        return {}
    return {key.item_id: bytes(key.wrapped) for key in ItemKey.objects.filter(item_id__in=items) if key.opens}


def _chosen(weighed: dict[Token, tuple[_Candidate | None, Outcome]]) -> dict[Token, _Candidate]:
    return {token: candidate for token, (candidate, _outcome) in weighed.items() if candidate}


def _opened(
    weighed: dict[Token, tuple[_Candidate | None, Outcome]], wanted: set[Token], viewer: Viewer, exit: str
) -> dict[Token, Outcome]:
    chosen = _chosen(weighed)
    try:
        keys = _keys({token.item for token in chosen})
    except Exception as error:
        logger.error("consent keys out of reach: %s", type(error).__name__)
        keys = {}
    outcomes = {token: outcome for token, (_chosen_one, outcome) in weighed.items()}
    for token, candidate in chosen.items():
        outcomes[token] = _open(candidate, keys.get(token.item), outcomes[token])
    _log([o for o in outcomes.values() if o.released], viewer, exit)
    return {token: outcomes[token] for token in wanted}


def _open(candidate: _Candidate, wrapped: bytes | None, outcome: Outcome) -> Outcome:
    if wrapped is None:
        return replace(outcome, code="closed", uses=frozenset())
    try:
        key = keyring.unwrap(wrapped, candidate.token.item.bytes)
        place = _place(candidate.token, candidate.language)
        return replace(outcome, text=keyring.decrypt(key, candidate.sealed.ciphertext, place).decode())
    except Exception as error:
        logger.error("consent text does not open: %s", type(error).__name__)
        return replace(outcome, code="unreadable", uses=frozenset())


def _log(outcomes: list[Outcome], viewer: Viewer, exit: str) -> None:
    actor = viewer.user.actor_id if viewer.is_member else None
    Release.objects.bulk_create(
        Release(
            item_id=outcome.token.item,
            part=outcome.token.part,
            language=outcome.language,
            exit=exit,
            actor=actor,
            code=outcome.code,
        )
        for outcome in outcomes
    )
