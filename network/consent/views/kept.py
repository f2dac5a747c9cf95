"""What keeps an item under its holders' control, as its page and the list of items show it."""

from datetime import datetime, timedelta
from typing import Any

from network.consent import labels, owing, policies, receiving
from network.consent.enums import RecordKind, Warning
from network.consent.models import Holder, ItemKey, KnowledgeItem
from network.foundations.viewer import Viewer

#: So long after sharing was stopped, holders are asked what shall become of it.
ASKED_AFTER = timedelta(days=90)
#: More questions at once would bury everything else.
_MOST_QUESTIONS = 20


def kept_by(viewer: Viewer, item: KnowledgeItem, holders: list[Holder], now: datetime) -> dict[str, Any]:
    """Labels, warnings and duties of ``item``, and what ``viewer`` may do about each."""
    owed = owing.of_item(item, viewer, now.date())
    holdings = list(item.holdings.select_related("holder", "record").order_by("holder_id"))
    return {
        "labels": _labels(viewer, item),
        "warnings": _warnings(viewer, item, holdings),
        "labelling": [h for h in holders if policies.decides_for(viewer, h.pk)],
        "warning": [h for h in holders if policies.belongs_to(viewer, h.pk)],
        "owed": owed,
        "pausing": [each for each in owed if each.pauses],
        "stopped": [h for h in holdings if h.record and h.record.kind == RecordKind.WITHDRAWN],
        "frozen": [h for h in holdings if h.record and h.record.kind == RecordKind.SUSPENDED],
        "receivers": receiving.receivers_of(item),
        "may_take_back": policies.can_take_back(viewer, item),
    }


def _labels(viewer: Viewer, item: KnowledgeItem) -> list[tuple]:
    found = item.labels.in_force().select_related("holder").order_by("since", "id")
    return [
        (label, labels.name_of(label.family, label.code), policies.can_loosen(viewer, item, label.holder_id))
        for label in found
    ]


def _warnings(viewer: Viewer, item: KnowledgeItem, holdings: list) -> list[tuple]:
    return [
        (holding.holder, Warning(warning), policies.can_loosen(viewer, item, holding.holder_id))
        for holding in holdings
        for warning in holding.warnings
        if warning in Warning.values
    ]


def asleep_of(viewer: Viewer, now: datetime) -> list[tuple[KnowledgeItem, list[Holder]]]:
    """Her own items that were stopped ninety days ago and are still here: keep, take back, or erase?"""
    stopped = KnowledgeItem.objects.held_by(viewer).asleep_since(now - ASKED_AFTER)
    # The keys are in a database of their own: what was erased is left out before any are counted.
    keys = ItemKey.objects.filter(pk__in=list(stopped.values_list("pk", flat=True)), destroyed_at=None)
    there = stopped.filter(pk__in=list(keys.values_list("pk", flat=True))).prefetch_related("holders")
    own = viewer.ids("holder")
    return [
        (item, [holder for holder in item.holders.all() if holder.pk in own])
        for item in there.order_by("created_at", "id")[:_MOST_QUESTIONS]
    ]
