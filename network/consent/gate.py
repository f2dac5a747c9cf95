"""The gate: the only place where a sealed text becomes readable, for one reader at one exit.

``release`` asks ``decide`` about each token, opens what is allowed and writes down that it left, in three
queries whatever the number of tokens: terms and ciphertexts, keys, the log. Whatever goes wrong, nothing is
opened: an unknown exit, a missing part, a closed key, a database that fails, a log that cannot be written.

The file of a part takes the same way through ``open_media``, and is opened chunk by chunk as it is read.
"""

import logging
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from network.consent import decision, files, keyring, terms
from network.consent.decision import Asked, Conditions, Decision
from network.consent.enums import Action
from network.consent.exits import MEDIA, WORKSPACE, exits
from network.consent.files import SealedFile, Unreadable
from network.consent.models import ItemKey, Part, Release
from network.consent.outcome import Media, Outcome
from network.consent.sealed import Sealed
from network.consent.terms import Gathered
from network.consent.tokens import Token
from network.foundations.exceptions import Refused
from network.foundations.viewer import Viewer

__all__ = [
    "Media", "Outcome", "SealedFile", "Unreadable", "allowed", "media_allowed", "open_media", "release",
    "seal", "seal_file",
]  # fmt: skip

logger = logging.getLogger(__name__)

#: More distinct tokens than this in one response are an attack or an accident: the rest stays withheld.
MOST_TOKENS = 300
#: How a mark beside a key says that it is a warning and no label of a family.
WARNING_MARK = "warning"
#: Whoever goes on reading a file within this time has begun it: the log has one line for it.
_ONE_READING = timedelta(hours=1)


@dataclass
class _Candidate:
    """One language of a part with the terms of its whole lineage."""

    token: Token
    language: str
    sealed: Sealed
    readers: frozenset[str] | None
    media: Media | None
    lineage: Gathered


_PART_COLUMNS = (
    "id", "item_id", "name", "language", "ciphertext", "readers", "handle", "media_type", "size",
)  # fmt: skip
_PREFIX = "item__lineage__"


def release(
    tokens: Iterable[Token],
    viewer: Viewer,
    exit: str,
    now: datetime | None = None,
    unasked: Set[Token] = frozenset(),
) -> dict[Token, Outcome]:
    """What may leave through ``exit`` for ``viewer``, opened and logged. Never raises.

    ``unasked``: tokens that stand where nobody can be asked first; those with a warning stay withheld.
    """
    wanted = set(tokens)
    try:
        return _opened(_weigh(wanted, viewer, exit, now or timezone.now(), unasked), wanted, viewer, exit)
    except Exception as error:
        # The class only: a message or a traceback could hold what was being opened.
        logger.error("consent gate closed: %s", type(error).__name__)
        return {token: Outcome(token, "failed") for token in wanted}


def allowed(tokens: Iterable[Token], viewer: Viewer, exit: str) -> dict[Token, Outcome]:
    """Which of ``tokens`` would be released now, and under which conditions; never raises.

    Nothing is opened and nothing logged: the outcomes are without a text.
    """
    try:
        weighed = _weigh(set(tokens), viewer, exit, timezone.now())
        chosen = _chosen(weighed)
        keys = _keys_for(chosen.values())
        return {
            token: weighed[token][1]
            for token, candidate in chosen.items()
            if _opens(candidate, keys, weighed[token][1], exits.get(exit).action)
        }
    except Exception as error:
        logger.error("consent gate closed: %s", type(error).__name__)
        return {}


def media_allowed(part: Part, viewer: Viewer, exit: str) -> bool:
    """Whether the file of ``part`` would be opened now. Never raises, opens and logs nothing."""
    return _file_outcome(part, viewer, exit) is not None


def open_media(part: Part, viewer: Viewer, exit: str, *, begins: bool = True) -> SealedFile | None:
    """The file of ``part``, to be read whole or in ranges; ``None`` where it may not leave. Never raises.

    Reading it raises ``Unreadable`` where the vault does not hold what was sealed.
    ``begins``: from its first byte, which is logged each time; reading on is logged unless it was begun.
    """
    try:
        outcome = _file_outcome(part, viewer, exit)
        if outcome is None:
            return None
        if begins or not _has_begun(outcome, viewer, exit):
            _log([outcome], viewer, exit)
        key = _keys({part.item_id})[part.item_id]
        return _sealed_file(part, keyring.unwrap(bytes(key.wrapped), part.item_id.bytes))
    except Exception as error:
        logger.error("consent media does not open: %s", type(error).__name__)
        return None


def _file_outcome(part: Part, viewer: Viewer, exit: str) -> Outcome | None:
    """The outcome for this very file, if it may leave: no other language stands in for it."""
    door = exits.get(exit)
    if door is None or not door.opens_for(viewer.keys) or not part.path:
        return None
    try:
        now = timezone.now()
        found = _candidates({part.token}, now).get(part.token, [])
        same = [c for c in found if c.media and c.media.handle == part.handle]
        asked = Asked(exit, door.action, viewer.language, viewer.keys)
        candidate, outcome = _best(part.token, same, asked, now.astimezone(UTC))
        opens = candidate and _opens(candidate, _keys_for([candidate]), outcome, door.action)
    except Exception as error:
        logger.error("consent gate closed: %s", type(error).__name__)
        return None
    return outcome if opens else None


def _has_begun(outcome: Outcome, viewer: Viewer, exit: str) -> bool:
    return Release.objects.filter(
        item_id=outcome.token.item,
        part=outcome.token.part,
        language=outcome.language,
        exit=exit,
        actor=_actor(viewer),
        at__gte=timezone.now() - _ONE_READING,
    ).exists()


def seal(item: UUID, part: str, language: str, text: str) -> bytes:
    """The ciphertext of ``text``, to be kept in that place and no other. A closed key still seals."""
    return keyring.encrypt(_sealing_key(item), text.encode(), _place(Token(item, part), language))


def seal_file(part: Part, content: bytes) -> Iterator[bytes]:
    """The ciphertext of a file that is to lie at ``part.path``, chunk by chunk."""
    key = keyring.key_of_file(_sealing_key(part.item_id), part.path)
    return files.seal(key, _file_place(part), content)


def make_key(item: UUID) -> ItemKey:
    """The row of the item's key, made at need."""
    key, _made = ItemKey.objects.get_or_create(
        item_id=item,
        defaults={"wrapped": keyring.new_wrapped_key(item.bytes), "wrapped_by": keyring.fingerprint()},
    )
    return key


def _sealing_key(item: UUID) -> bytes:
    key = make_key(item)
    if key.destroyed_at:
        raise Refused(_("The key of this item was destroyed: nothing can be sealed with it."))
    return keyring.unwrap(bytes(key.wrapped), item.bytes)


def _sealed_file(part: Part, item_key: bytes) -> SealedFile:
    key = keyring.key_of_file(item_key, part.path)
    return SealedFile(key, _file_place(part), part.path, part.size, part.media_type)


def _file_place(part: Part) -> bytes:
    return _place(part.token, part.language) + f":{part.path}".encode()


def moved(part: Part, name: str) -> bytes:
    """The ciphertext of ``part``, to be kept under another name; nobody sees what it says."""
    key = ItemKey.objects.filter(pk=part.item_id).first()
    if key is None or not key.is_there:
        raise Refused(_("The key of this item was destroyed: nothing can be sealed with it."))
    unwrapped = keyring.unwrap(bytes(key.wrapped), part.item_id.bytes)
    text = keyring.decrypt(unwrapped, bytes(part.ciphertext), _place(part.token, part.language))
    return keyring.encrypt(unwrapped, text, _place(Token(part.item_id, name), part.language))


def moved_file(part: Part, into: Part) -> Iterator[bytes]:
    """The file of ``part``, sealed for the place of ``into``; nobody sees what is in it."""
    key = ItemKey.objects.get(pk=part.item_id)
    item_key = keyring.unwrap(bytes(key.wrapped), part.item_id.bytes)
    content = b"".join(_sealed_file(part, item_key))
    return files.seal(keyring.key_of_file(item_key, into.path), _file_place(into), content)


def _place(token: Token, language: str) -> bytes:
    return f"{token.key}:{language}".encode()


def _weigh(
    wanted: set[Token], viewer: Viewer, exit: str, now: datetime, unasked: Set[Token] = frozenset()
) -> dict[Token, tuple[_Candidate | None, Outcome]]:
    """For each token the language to release (if any) and the outcome as decided; one query."""
    door = exits.get(exit)
    if door is None:
        return {token: (None, Outcome(token, "unknown_exit")) for token in wanted}
    if not door.opens_for(viewer.keys):
        return {token: (None, Outcome(token, "program")) for token in wanted}
    # Whoever asks is looked at whether there is something or not: headers of an answer tell that she was.
    asked = Asked(exit, door.action, viewer.language, viewer.keys)
    considered = set(sorted(wanted, key=str)[:MOST_TOKENS])
    candidates = _candidates(considered, now)
    weighed = {}
    for token in wanted:
        candidate, outcome = _best(token, candidates.get(token, []), asked, now.astimezone(UTC))
        if candidate and outcome.warnings and (token in unasked or not door.asks):
            candidate, outcome = None, replace(outcome, code="warning", conditions=Conditions())
        weighed[token] = candidate, outcome
    return weighed


def _best(
    token: Token, candidates: list[_Candidate], asker: Asked, now: datetime
) -> tuple[_Candidate | None, Outcome]:
    """The reader's language first, then the others in the order of sealing; the first that is allowed."""
    outcome = Outcome(token, "unknown")
    for candidate in sorted(candidates, key=lambda c: c.language != asker.language):
        asked = replace(asker, language=candidate.language)
        decided = _decide(candidate, asked, now)
        if decided.allowed:
            return candidate, _allowed(candidate, decided, asked, now)
        if outcome.code == "unknown" and not _unheard_of(candidate, asked, now):
            outcome = Outcome(
                token, decided.code, language=candidate.language, holders=candidate.lineage.holders,
                warnings=candidate.lineage.warnings,
            )  # fmt: skip
    return None, outcome


def _allowed(candidate: _Candidate, decided: Decision, asked: Asked, now: datetime) -> Outcome:
    under_terms = decided.code not in ("own_use", "party")
    return Outcome(
        candidate.token,
        decided.code,
        language=candidate.language,
        holders=candidate.lineage.holders,
        conditions=decision.conditions(candidate.lineage.terms, asked, now) if under_terms else Conditions(),
        warnings=candidate.lineage.warnings if candidate.readers is None else (),
        duties=candidate.lineage.union("duties") if under_terms else (),
        labels=candidate.lineage.union("labels") if under_terms else (),
        media=_media(candidate, asked, now),
    )


def _media(candidate: _Candidate, asked: Asked, now: datetime) -> Media | None:
    """Its file, where pages show it and the broker would hand it out to the same reader."""
    if candidate.media is None or asked.action not in (Action.DISPLAY, Action.KEEP):
        return None
    doors = [replace(asked, exit=exit, action=exits.get(exit).action) for exit in (MEDIA, WORKSPACE)]
    return candidate.media if any(_decide(candidate, door, now).allowed for door in doors) else None


def _unheard_of(candidate: _Candidate, asked: Asked, now: datetime) -> bool:
    """Whether this reader may not even know that there is something: it looks as if there were nothing."""
    discovery = replace(asked, action=Action.DISCOVER)
    return (
        candidate.lineage.is_hidden and not decision.decide(candidate.lineage.terms, discovery, now).allowed
    )


def _decide(candidate: _Candidate, asked: Asked, now: datetime) -> Decision:
    if candidate.readers is None:
        return decision.decide(candidate.lineage.terms, asked, now)
    if asked.action not in (Action.KEEP, Action.DISPLAY) or candidate.readers.isdisjoint(asked.keys):
        return Decision(False, "note")
    if _unheard_of(candidate, asked, now):
        return Decision(False, "hidden")
    own = any(f"holder:{holder}" in asked.keys for holder in candidate.lineage.terms.holders)
    return Decision(True, "own_use" if own else "party")


def _candidates(tokens: set[Token], now: datetime) -> dict[Token, list[_Candidate]]:
    """The parts with everything that decides about them, in one query: a row for each combination."""
    rows = (
        Part.objects.filter(item_id__in={t.item for t in tokens}, name__in={t.part for t in tokens})
        .annotate(**terms.annotations(_PREFIX, now))
        .order_by("id")
        .values_list(*_PART_COLUMNS, *terms.columns(_PREFIX))
    )
    found: dict[int, _Candidate] = {}
    for part_id, item_id, name, language, ciphertext, readers, handle, media_type, size, *rest in rows:
        token = Token(item_id, name)
        if token not in tokens:
            continue
        candidate = found.get(part_id)
        if candidate is None:
            sealed = Sealed(token, bytes(ciphertext))
            media = Media(handle, media_type, size) if media_type else None
            known_to = None if readers is None else frozenset(readers)
            candidate = _Candidate(token, language, sealed, known_to, media, Gathered(item_id))
            found[part_id] = candidate
        candidate.lineage.add(rest)
    by_token: dict[Token, list[_Candidate]] = {}
    for candidate in found.values():
        by_token.setdefault(candidate.token, []).append(candidate)
    return by_token


def _keys_for(candidates: Iterable[_Candidate]) -> dict[UUID, ItemKey]:
    """The keys of these and of all that they were made from, in one query."""
    items = {each for candidate in candidates for each in (candidate.token.item, *candidate.lineage.sources)}
    return _keys(items)


def _keys(items: set[UUID]) -> dict[UUID, ItemKey]:
    if not items:
        return {}
    return {key.item_id: key for key in ItemKey.objects.filter(item_id__in=items)}


def _chosen(weighed: dict[Token, tuple[_Candidate | None, Outcome]]) -> dict[Token, _Candidate]:
    return {token: candidate for token, (candidate, _outcome) in weighed.items() if candidate}


def _opened(
    weighed: dict[Token, tuple[_Candidate | None, Outcome]], wanted: set[Token], viewer: Viewer, exit: str
) -> dict[Token, Outcome]:
    chosen = _chosen(weighed)
    try:
        keys = _keys_for(chosen.values())
    except Exception as error:
        logger.error("consent keys out of reach: %s", type(error).__name__)
        keys = {}
    outcomes = {token: outcome for token, (_chosen_one, outcome) in weighed.items()}
    for token, candidate in chosen.items():
        opens = _opens(candidate, keys, outcomes[token], exits.get(exit).action)
        outcomes[token] = _open(candidate, keys[token.item] if opens else None, outcomes[token])
    _log([o for o in outcomes.values() if o.released], viewer, exit)
    return {token: outcomes[token] for token in wanted}


def _opens(candidate: _Candidate, keys: dict[UUID, ItemKey], outcome: Outcome, action: str) -> bool:
    """A closed key opens for nobody but the holders themselves, in their workspace or to take it back.

    The keys of what it was made from are asked as well, and what they remember: where this database says
    less than they do, it is an older one that was brought back.
    """
    key = keys.get(candidate.token.item)
    if key is None or not key.is_there:
        return False
    if action == Action.KEEP and outcome.code == "own_use":
        return True
    sources = candidate.lineage.sources.items()
    known = [(keys[item], source) for item, source in sources if item in keys]
    return key.opens and all(each.opens and _is_up_to_date(source, each) for each, source in known)


def _is_up_to_date(source: terms.Source, key: ItemKey) -> bool:
    words = all(source.numbers.get(int(holder), 0) >= number for holder, number in key.words.items())
    return words and all(_is_marked(source, *mark.split(":")[1:]) for mark in key.marks)


def _is_marked(source: terms.Source, kind: str, code: str) -> bool:
    return code in source.warnings if kind == WARNING_MARK else (kind, code) in source.labels


def _open(candidate: _Candidate, item_key: ItemKey | None, outcome: Outcome) -> Outcome:
    if item_key is None:
        return replace(outcome, code="closed", conditions=Conditions())
    try:
        key = keyring.unwrap(bytes(item_key.wrapped), candidate.token.item.bytes)
        place = _place(candidate.token, candidate.language)
        return replace(outcome, text=keyring.decrypt(key, candidate.sealed.ciphertext, place).decode())
    except Exception as error:
        logger.error("consent text does not open: %s", type(error).__name__)
        return replace(outcome, code="unreadable", conditions=Conditions())


def _log(outcomes: list[Outcome], viewer: Viewer, exit: str) -> None:
    actor = _actor(viewer)
    Release.objects.write(
        [
            Release(
                item_id=outcome.token.item,
                part=outcome.token.part,
                language=outcome.language,
                exit=exit,
                actor=actor,
                code=outcome.code,
            )
            for outcome in outcomes
        ]
    )


def _actor(viewer: Viewer) -> UUID | None:
    return viewer.user.actor_id if viewer.is_member else None
