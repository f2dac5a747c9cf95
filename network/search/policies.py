"""Who keeps searches: pure, default no."""

from network.foundations.viewer import Viewer
from network.search.models import SavedSearch

#: So many searches one person keeps at most.
MOST_SEARCHES = 50


def can_save(viewer: Viewer) -> bool:
    return viewer.is_member


def can_change(viewer: Viewer, search: SavedSearch) -> bool:
    return viewer.is_member and viewer.user_id == search.owner_id
