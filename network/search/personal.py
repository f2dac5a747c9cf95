"""What this room holds about a person: the searches that she keeps."""

from typing import Any

from django.utils.translation import gettext as _

from network.accounts.models import User
from network.search.models import SavedSearch
from network.search.searchables import searchables


def export(person: User) -> list[dict[str, Any]]:
    kept = SavedSearch.objects.filter(owner=person).order_by("pk")
    return [
        {
            _("Name"): search.name,
            _("Searched for"): _words(search),
            _("Told"): search.get_rhythm_display(),
            _("Kept since"): search.created_at,
            _("Last done"): search.last_run_at,
        }
        for search in kept
    ]


def _words(search: SavedSearch) -> str:
    entry = searchables.get(search.searchable)
    return entry.words(search.query) if entry else search.query


def erase(person: User, keep_contributions: bool) -> None:
    """They are only about her, so they go in either case."""
    SavedSearch.objects.filter(owner=person).delete()
