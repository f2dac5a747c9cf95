"""Communities as places that people are told of."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from communities.models import Community
from network.foundations.viewer import Viewer
from network.notifications.actions import forget_places
from network.notifications.places import Named, Place, places
from network.outbox.models import Entry


def register() -> None:
    places.register("community", Place(_("Community"), _named, lists=_gets_every_post))


def _named(viewer: Viewer, ids: set[int]) -> Mapping[int, Named]:
    found = Community.objects.readable_by(viewer).filter(pk__in=ids)
    return {community.pk: Named(community.name, community.get_absolute_url()) for community in found}


def _gets_every_post(viewer: Viewer, pk: int) -> bool:
    return viewer.has(f"community:{pk}")


def forget(entry: Entry) -> None:
    """Somebody has left: what she chose for the mails of the community goes."""
    forget_places(person_id=int(entry.ids["user"] or 0), gone=[entry.stream_id])
