"""Where items stand: the terms of many at once, for pages that tell their state without opening anything."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from network.consent.decision import Terms, Word
from network.consent.enums import State
from network.consent.models import Holding, ItemKey, KnowledgeItem


def terms_of(items: Iterable[KnowledgeItem]) -> dict[UUID, Terms]:
    """The newest word of each holder of each item; two queries."""
    exposures = {item.pk: item.exposure for item in items}
    holdings = Holding.objects.filter(item__in=exposures).select_related("record")
    words: dict[UUID, dict[int, Any]] = {pk: {} for pk in exposures}
    for holding in holdings.prefetch_related("record__scopes"):
        record = holding.record
        words[holding.item_id][holding.holder_id] = record and Word(
            record.kind, tuple(scope.clause for scope in record.scopes.all())
        )
    return {
        pk: Terms(frozenset(said), {holder: word for holder, word in said.items() if word}, exposures[pk])
        for pk, said in words.items()
    }


def states_of(items: Iterable[KnowledgeItem], now: datetime) -> dict[UUID, State]:
    return {pk: terms.state(now) for pk, terms in terms_of(items).items()}


def key_of(item: KnowledgeItem) -> ItemKey | None:
    return ItemKey.objects.filter(pk=item.pk).first()
