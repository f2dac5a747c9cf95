"""Doing kept searches again by the clock, and telling their people what is new.

One transaction for each search: what was found, that it was told and when it is done next are written
together or not at all. A worker that dies leaves the search due, and the next one does it.
"""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone, translation

from network.foundations.viewer import Viewer, viewer_for
from network.notifications.actions import notify
from network.search.enums import EVERY, Rhythm
from network.search.models import FoundThing, SavedSearch
from network.search.searchables import MOST, Thing, searchables

logger = logging.getLogger(__name__)
FOUND = "search.found"
_AT_ONCE = 200
_AFTER_A_FAILURE = timedelta(hours=1)


def run_due(now: datetime | None = None) -> int:
    """Do what is due; returns how many searches were done."""
    now = now or timezone.now()
    due = list(SavedSearch.objects.due(now).values_list("pk", flat=True)[:_AT_ONCE])
    return sum(_run(pk, now) for pk in due)


def _run(pk: int, now: datetime) -> bool:
    try:
        with transaction.atomic():
            search = (
                SavedSearch.objects.due(now)
                .select_for_update(of=("self",), skip_locked=True)
                .select_related("owner")
                .filter(pk=pk)
                .first()
            )
            if search is None:
                return False
            _look_again(search, now)
    except Exception:
        # One search that fails keeps no other waiting, and is tried again.
        logger.exception("Saved search %s failed.", pk)
        SavedSearch.objects.filter(pk=pk).update(next_run_at=now + _AFTER_A_FAILURE)
        return False
    return True


def _look_again(search: SavedSearch, now: datetime) -> None:
    with translation.override(search.owner.language):
        viewer = viewer_for(search.owner)
        new = _new_things(viewer, search)
    if new:
        search.batch += 1
        FoundThing.objects.bulk_create(
            FoundThing(search=search, kind=kind, object_id=pk, batch=search.batch) for kind, pk in new
        )
        notify(
            kind=FOUND,
            recipients=[search.owner_id],
            group=f"search:{search.pk}",
            ids={"search": search.pk, "batch": search.batch},
        )
    search.last_run_at = now
    search.next_run_at = now + EVERY[Rhythm(search.rhythm)]
    search.save(update_fields=["batch", "last_run_at", "next_run_at"])


def _new_things(viewer: Viewer, search: SavedSearch) -> list[Thing]:
    entry = searchables.get(search.searchable)
    if entry is None:  # its room has gone
        return []
    there = entry.find(viewer, search.query, MOST)
    known = set(search.found.values_list("kind", "object_id"))
    return [thing for thing in there if thing not in known]
