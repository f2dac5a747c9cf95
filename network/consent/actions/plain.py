"""What would be recorded, in the plain values that a proposal keeps until enough have agreed. No words."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from network.consent.actions.particulars import DutyTerm, Particulars
from network.consent.decision import Clause
from network.consent.enums import DutyKind
from network.consent.models import CommunityProtocol

_DAYS = ("review_on",)
_INSTANTS = ("valid_from", "valid_until")
_CODES = ("preset", "permit", "agreement")


@dataclass(frozen=True)
class Said:
    """What ``record_consent`` takes, without who signs and without words."""

    basis: str
    method: str
    clauses: tuple[Clause, ...]
    particulars: Particulars


def to_plain(said: Said) -> dict[str, Any]:
    told = said.particulars
    return {
        "basis": str(said.basis),
        "method": str(said.method),
        "clauses": [_clause_to_plain(clause) for clause in said.clauses],
        **{name: str(getattr(told, name)) for name in _CODES},
        **{name: _iso(getattr(told, name)) for name in (*_DAYS, *_INSTANTS)},
        "protocol": told.protocol.pk if told.protocol else None,
        "request": str(told.request) if told.request else None,
        "recipients": list(told.recipients),
        "visibility": {str(name): str(chosen) for name, chosen in told.visibility.items()},
        "duties": [[str(d.kind), _iso(d.due_on), d.suspends] for d in told.duties],
    }


def from_plain(plain: dict[str, Any]) -> Said:
    particulars = Particulars(
        **{name: plain[name] for name in _CODES},
        **{name: plain[name] and date.fromisoformat(plain[name]) for name in _DAYS},
        **{name: plain[name] and datetime.fromisoformat(plain[name]) for name in _INSTANTS},
        protocol=CommunityProtocol.objects.filter(pk=plain["protocol"]).first(),
        request=UUID(plain["request"]) if plain["request"] else None,
        recipients=tuple(plain["recipients"]),
        visibility=plain["visibility"],
        duties=tuple(
            DutyTerm(DutyKind(kind), due_on and date.fromisoformat(due_on), suspends)
            for kind, due_on, suspends in plain["duties"]
        ),
    )
    clauses = tuple(_clause_from_plain(clause) for clause in plain["clauses"])
    return Said(plain["basis"], plain["method"], clauses, particulars)


def without_words(particulars: Particulars) -> Particulars:
    return replace(particulars, duties=tuple(replace(duty, words="") for duty in particulars.duties))


def _clause_to_plain(clause: Clause) -> dict[str, Any]:
    return {
        "audience": clause.audience,
        "actions": _sorted(clause.actions),
        "exits": _sorted(clause.exits),
        "languages": _sorted(clause.languages),
        "starts": _iso(clause.starts),
        "ends": _iso(clause.ends),
        "months": sorted(clause.months),
        "onward": clause.onward,
    }


def _clause_from_plain(plain: dict[str, Any]) -> Clause:
    instants = {name: plain[name] and datetime.fromisoformat(plain[name]) for name in ("starts", "ends")}
    sets = {name: frozenset(plain[name]) for name in ("actions", "exits", "languages", "months")}
    return Clause(audience=plain["audience"], onward=plain["onward"], **instants, **sets)


def _sorted(values: Iterable[str]) -> list[str]:
    return sorted(str(value) for value in values)


def _iso(value: date | None) -> str | None:
    return value.isoformat() if value else None
