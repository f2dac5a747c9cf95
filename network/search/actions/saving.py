"""Keeping a search, changing it, stopping what it tells, forgetting it."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from network.accounts.models import User
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused, StaleEdit
from network.foundations.viewer import Viewer
from network.search import policies
from network.search.enums import EVERY, Rhythm
from network.search.models import FoundThing, SavedSearch
from network.search.searchables import MOST, searchables


@deed
def save(*, viewer: Viewer, searchable: str, query: str, name: str, rhythm: str) -> SavedSearch:
    """Keep a search. What it finds now is known to her: she is told of what comes after."""
    if not policies.can_save(viewer):
        raise PermissionDenied(_("Sign in to keep a search."))
    if not query or searchable not in searchables:
        raise Refused(_("Search for something first: words, or a filter."))
    User.objects.select_for_update().get(pk=viewer.user_id)
    kept = SavedSearch.objects.visible_to(viewer)
    if kept.filter(searchable=searchable, query=query).exists():
        raise Refused(_("You keep this search already."))
    if kept.count() >= policies.MOST_SEARCHES:
        raise Refused(_("You keep fifty searches. Forget one that you do not need any more."))
    search = SavedSearch.objects.create(
        owner_id=viewer.user_id, searchable=searchable, query=query, name=name, rhythm=rhythm
    )
    _begin(viewer, search)
    return search


def _begin(viewer: Viewer, search: SavedSearch) -> None:
    """From now on: whatever is found at this moment is nothing new."""
    if search.rhythm == Rhythm.NEVER:
        search.next_run_at = None
        search.save()
        return
    entry = searchables.get(search.searchable)
    there = entry.find(viewer, search.query, MOST + 1) if entry else []
    if len(there) > MOST:
        raise Refused(
            _("This finds more than 1,000 things, too many to watch. Narrow it, or choose “Never”."),
            "rhythm",
        )
    FoundThing.objects.bulk_create(
        [FoundThing(search=search, kind=kind, object_id=pk) for kind, pk in there], ignore_conflicts=True
    )
    search.last_run_at = timezone.now()
    search.next_run_at = search.last_run_at + EVERY[Rhythm(search.rhythm)]
    search.save()


@deed
def change(*, viewer: Viewer, search: SavedSearch, name: str, rhythm: str, version: int) -> SavedSearch:
    """Call it otherwise, or be told at other times."""
    held = SavedSearch.objects.select_for_update().get(pk=search.pk)
    if not policies.can_change(viewer, held):
        raise PermissionDenied(_("This is somebody else’s search."))
    if held.version != version:
        raise StaleEdit(_("You changed this search elsewhere in the meantime."), held)
    former, held.name, held.rhythm = held.rhythm, name, rhythm
    held.version += 1
    if former != rhythm:
        _begin(viewer, held)
    held.save()
    return held


@deed
def stop(*, search: int) -> SavedSearch | None:
    """No more news of it; the search is kept. Whoever holds the signed address of its mails may do it."""
    held = SavedSearch.objects.select_for_update().filter(pk=search).first()
    if held is not None and held.rhythm != Rhythm.NEVER:
        held.rhythm, held.next_run_at = Rhythm.NEVER, None
        held.version += 1
        held.save()
    return held


@deed
def delete(*, viewer: Viewer, search: SavedSearch) -> None:
    held = SavedSearch.objects.select_for_update().filter(pk=search.pk).first()
    if held is None:
        return
    if not policies.can_change(viewer, held):
        raise PermissionDenied(_("This is somebody else’s search."))
    held.delete()
