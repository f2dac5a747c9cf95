"""Communities as things that can be found."""

from django.db.models import QuerySet

from communities.enums import Visibility
from communities.models import Community
from network.foundations.richtext import to_text
from network.foundations.viewer import EVERYONE
from network.search.sources import Document, Segment


def communities() -> QuerySet:
    return Community.objects.prefetch_related("themes")


def document(community: Community) -> Document:
    """Its name and purpose, for whoever may know of it."""
    hidden = community.visibility == Visibility.HIDDEN
    keys = frozenset({f"community:{community.pk}" if hidden else EVERYONE})
    themes = " ".join(name for term in community.themes.all() for name in term.names.values())
    segments = [
        Segment(f"{community.name} {community.summary}", keys, weight=3),
        Segment(f"{to_text(community.purpose)} {themes}", keys),
    ]
    return Document(community.name, community.get_absolute_url(), segments)
