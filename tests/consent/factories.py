"""Holders, items and consent, made through the room's own actions."""

from datetime import datetime

from network.accounts.models import User
from network.consent import actions
from network.consent.decision import ANY_LANGUAGE, HOLDERS, Clause
from network.consent.enums import (
    Action,
    Basis,
    ContactKind,
    Exposure,
    HolderKind,
    Method,
    PartName,
    RecordKind,
)
from network.consent.exits import exits
from network.consent.models import Authority, ConsentRecord, Holder, KnowledgeItem
from tests import people

#: Stem-stable: no analyser of ours or of PostgreSQL turns it into another word.
CANARY = "zqvanarx7"


def holder(name: str = "Imagined people of the reef", **fields) -> Holder:
    return actions.found_holder(
        **{
            "kind": HolderKind.PEOPLE,
            "names": {"en": name},
            "contacts": [(ContactKind.OFFICE, "Council house, telephone 555 0100")],
            "by": people.viewer(people.steward()),
        }
        | fields
    )


def with_standing(of: Holder, user: User | None = None) -> User:
    user = user or people.holder()
    actions.attest_standing(holder=of, user=user, by=people.viewer(people.steward()))
    return user


def authority(of: Holder, user: User | None = None) -> Authority:
    return actions.attest_authority(
        holder=of, user=user or people.holder(), office="Keeper", by=people.viewer(people.steward())
    )


def item(*holders: Holder, text: str = f"the reef {CANARY} sleeps", **fields) -> KnowledgeItem:
    return actions.create_item(
        **{
            "title": "A practice of the reef",
            "holders": holders,
            "exposure": Exposure.OPEN,
            "parts": {PartName.BODY: text},
            "by": people.viewer(people.steward()),
        }
        | fields
    )


def clause(
    audience: str = HOLDERS,
    actions: set[str] | None = None,
    exits_: set[str] | None = None,
    languages: set[str] | None = None,
    starts: datetime | None = None,
    ends: datetime | None = None,
    months: set[int] | None = None,
) -> Clause:
    return Clause(
        audience=audience,
        actions=frozenset(set(Action.values) if actions is None else actions),
        exits=frozenset(exits.names() if exits_ is None else exits_),
        languages=frozenset(languages or {ANY_LANGUAGE}),
        starts=starts,
        ends=ends,
        months=frozenset(months or ()),
    )


def consent(
    item: KnowledgeItem, of: Holder, *clauses: Clause, kind: RecordKind = RecordKind.GIVEN, **fields
) -> ConsentRecord:
    return actions.record_consent(
        **{
            "item": item,
            "authorities": [Authority.objects.filter(holder=of).first() or authority(of)],
            "kind": kind,
            "basis": Basis.FPIC,
            "method": Method.MEETING,
            "clauses": clauses,
            "by": people.viewer(people.steward()),
        }
        | fields
    )
