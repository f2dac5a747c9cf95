"""Setting right what is kept beside the rows that it counts."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Model, QuerySet

from communities.forums.counters import (
    Difference,
    of_communities,
    of_forums,
    of_polls,
    of_posts,
    of_threads,
)
from communities.forums.models import Forum, Poll, Post, Thread
from communities.models import Community
from network.foundations.deeds import deed
from network.pagecache.actions import bump
from network.pagecache.rules import SITE

#: Told, and not set by anybody but a person: numbers stand in addresses.
_NOT_SET = {"numbers"}
_AT_ONCE = 200

Compare = Callable[[QuerySet], Iterator[Difference]]


def repair_counters(of: Mapping[type[Model], Collection[int]] | None = None) -> list[Difference]:
    """Write what rows say where something else is kept; returns what was set right.

    ``of``: only rows of these models, with these keys.
    From the smallest to the largest, because forums are counted by their threads. Rows are locked in the
    order in which deeds lock them, and compared again under the lock.
    """
    mended: list[Difference] = []
    levels: list[tuple[type[Model], Compare]] = [
        (Post, of_posts),
        (Thread, of_threads),
        (Forum, of_forums),
        (Community, of_communities),
        (Poll, of_polls),
    ]
    for model, compare in levels:
        rows = model.objects.all() if of is None else model.objects.filter(pk__in=of.get(model, ()))
        wrong = sorted({difference.row.pk for difference in compare(rows)})
        for start in range(0, len(wrong), _AT_ONCE):
            mended += _repair(model, compare, wrong[start : start + _AT_ONCE])
    return mended


@deed
def _repair(model: Any, compare: Compare, pks: list[int]) -> Iterable[Difference]:
    list(model.objects.select_for_update().filter(pk__in=pks).order_by("pk").values_list("pk"))
    found = [
        difference
        for difference in compare(model.objects.filter(pk__in=pks))
        if difference.field not in _NOT_SET
    ]
    for difference in found:
        model.objects.filter(pk=difference.row.pk).update(**{difference.field: difference.true})
    if found:
        bump(SITE)
    return found
