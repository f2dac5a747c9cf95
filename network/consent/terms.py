"""Terms as they stand on record: from the rows of one query to what ``decide`` takes.

The gate asks for parts with their terms, the workspace for items with theirs; both read the same columns,
from the same rows of lineage on.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Subquery

from network.consent import labels
from network.consent.decision import Clause, Terms, Word
from network.consent.enums import Exposure, State, Voice
from network.consent.models import Authority, Duty, KnowledgeItem, Lineage
from network.consent.models.holders import ways_to_ask
from network.thesaurus.models import in_language

#: What a row tells, by its path from a row of lineage.
_PATHS = {
    "source": "source_id",
    "exposure": "source__exposure",
    "rule": "source__rule",
    "needed": "source__needed",
    "decider": "source__decider_id",
    "decider_holder": "source__decider__holder_id",
    "of_women": "source__of_women",
    "holder": "source__holdings__holder_id",
    "names": "source__holdings__holder__names",
    "attribution": "source__holdings__holder__attribution",
    "own_attribution": "source__holdings__attribution",
    "contacts": "source__holdings__holder__contacts",
    "withheld_words": "source__holdings__holder__withheld_words",
    "warnings": "source__holdings__warnings",
    "number": "source__holdings__record__number",
    "kind": "source__holdings__record__kind",
    "voice": "source__holdings__record__voice",
    "signers": "source__holdings__record__signers",
    "valid_from": "source__holdings__record__valid_from",
    "valid_until": "source__holdings__record__valid_until",
    "duty": "source__holdings__record__duties__kind",
    "scope": "source__holdings__record__scopes__id",
    "audience": "source__holdings__record__scopes__audience",
    "actions": "source__holdings__record__scopes__actions",
    "exits": "source__holdings__record__scopes__exits",
    "languages": "source__holdings__record__scopes__languages",
    "starts": "source__holdings__record__scopes__starts",
    "ends": "source__holdings__record__scopes__ends",
    "months": "source__holdings__record__scopes__months",
    "onward": "source__holdings__record__scopes__onward",
    "family": "source__labels__family",
    "label": "source__labels__code",
    "label_until": "source__labels__until",
}
_ANNOTATED = ("women_decide", "owed")


def columns(prefix: str) -> list[str]:
    return [*(prefix + path for path in _PATHS.values()), *_ANNOTATED]


def annotations(prefix: str, now: datetime) -> dict[str, Any]:
    """What only other tables know: whether women decide for a holder now, and what is owed on its word."""
    women = Authority.objects.in_force(now).filter(
        holder=OuterRef(f"{prefix}source__holdings__holder"), voice=Voice.WOMEN
    )
    owed = Duty.objects.undelivered().filter(
        record=OuterRef(f"{prefix}source__holdings__record"), suspends=True, due_on__isnull=False
    )
    return {
        "women_decide": Exists(women),
        "owed": Subquery(owed.order_by("due_on").values("due_on")[:1]),
    }


@dataclass(frozen=True)
class HolderCard:
    """What anybody may know of a holder."""

    names: dict[str, str]
    attribution: str
    contacts: tuple[dict[str, str], ...]
    withheld_words: str

    @property
    def named_as(self) -> str:
        return self.attribution or in_language(self.names)

    @property
    def ways_to_ask(self) -> list[str]:
        return ways_to_ask(list(self.contacts))


@dataclass
class Source:
    """One item of a lineage, gathered from its rows."""

    exposure: str
    rule: str
    needed: int
    decider: tuple[int, int] | None
    of_women: bool
    holders: dict[int, HolderCard] = field(default_factory=dict)
    words: dict[int, Word] = field(default_factory=dict)
    clauses: dict[int, dict[int, Clause]] = field(default_factory=dict)
    women_decide: set[int] = field(default_factory=set)
    warnings: set[str] = field(default_factory=set)
    duties: set[str] = field(default_factory=set)
    labels: set[tuple[str, str]] = field(default_factory=set)
    numbers: dict[int, int] = field(default_factory=dict)

    @property
    def terms(self) -> Terms:
        words = {
            holder: replace(word, clauses=tuple(self.clauses.get(holder, {}).values()))
            for holder, word in self.words.items()
        }
        return Terms(
            frozenset(self.holders), words, self.exposure, self.rule, self.needed, self.decider,
            self.of_women, frozenset(self.women_decide), frozenset(self.labels),
        )  # fmt: skip

    def add_holding(self, row: dict[str, Any]) -> None:
        """One holder, what it said, one clause of that."""
        holder = row["holder"]
        self.holders[holder] = HolderCard(
            row["names"], row["own_attribution"] or row["attribution"], tuple(row["contacts"]),
            row["withheld_words"],
        )  # fmt: skip
        self.warnings.update(row["warnings"])
        if row["women_decide"]:
            self.women_decide.add(holder)
        if row["kind"] is not None:
            self.numbers[holder] = row["number"]
            self.words[holder] = Word(
                row["kind"], (), row["valid_from"], row["valid_until"], row["voice"],
                frozenset(row["signers"]), _day(row["owed"]),
            )  # fmt: skip
        if row["duty"]:
            self.duties.add(row["duty"])
        if row["scope"] is not None:
            self.clauses.setdefault(holder, {})[row["scope"]] = Clause(
                row["audience"], frozenset(row["actions"]), frozenset(row["exits"]),
                frozenset(row["languages"]), row["starts"], row["ends"], frozenset(row["months"]),
                row["onward"],
            )  # fmt: skip


@dataclass
class Gathered:
    """The lineage of one item, row by row: what ``columns`` names, in that order."""

    item: UUID
    sources: dict[UUID, Source] = field(default_factory=dict)

    def add(self, values: Sequence[Any]) -> None:
        row = dict(zip((*_PATHS, *_ANNOTATED), values, strict=True))
        if row["source"] is None:
            return
        source = self.sources.get(row["source"])
        if source is None:
            decider = (row["decider_holder"], row["decider"]) if row["decider"] else None
            source = self.sources[row["source"]] = Source(
                row["exposure"], row["rule"], row["needed"] or 0, decider, row["of_women"]
            )
        if row["label"] and row["label_until"] is None:
            source.labels.add((row["family"], row["label"]))
        if row["holder"] is not None:
            source.add_holding(row)

    @property
    def terms(self) -> Terms:
        """Those of the item itself with those of its sources. Without a row of its own it has no holders."""
        own = self.sources.get(self.item)
        if own is None:
            return Terms(frozenset())
        others = (source.terms for key, source in self.sources.items() if key != self.item)
        return replace(own.terms, sources=tuple(others))

    def union(self, name: str) -> tuple:
        """The union of one set over the lineage, in one order."""
        return tuple(sorted({entry for source in self.sources.values() for entry in getattr(source, name)}))

    @property
    def holders(self) -> tuple[HolderCard, ...]:
        cards = {key: card for source in self.sources.values() for key, card in source.holders.items()}
        return tuple(cards.values())

    @property
    def warnings(self) -> tuple[str, ...]:
        return tuple(sorted({*self.union("warnings"), *labels.warnings_of(self.union("labels"))}))

    @property
    def is_hidden(self) -> bool:
        return any(source.exposure == Exposure.HIDDEN for source in self.sources.values())


def terms_of(items: Iterable[KnowledgeItem], now: datetime) -> dict[UUID, Terms]:
    """What stands on record for each item; one query, nothing is opened."""
    gathered = {item.pk: Gathered(item.pk) for item in items}
    rows = Lineage.objects.filter(item__in=gathered).annotate(**annotations("", now))
    for item, *values in rows.values_list("item_id", *columns("")):
        gathered[item].add(values)
    return {pk: found.terms for pk, found in gathered.items()}


def states_of(items: Iterable[KnowledgeItem], now: datetime) -> dict[UUID, State]:
    return {pk: found.state(now) for pk, found in terms_of(items, now).items()}


def _day(value: date | str | None) -> date | None:
    """A day out of a subquery: SQLite may tell it as text."""
    return date.fromisoformat(value) if isinstance(value, str) else value
