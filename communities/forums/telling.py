"""Threads as places that people are told of. Whether one is muted stands with the levels of watching."""

from collections.abc import Iterable, Mapping

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from communities.enums import Involvement
from communities.forums.actions import set_level
from communities.forums.models import Thread, Watch
from network.foundations.viewer import Viewer
from network.notifications.places import Named, Place, places

#: Muted threads that are listed among the choices; all of them stand on the page of what one watches.
_LISTED = 50


def register() -> None:
    places.register("thread", Place(_("Thread"), _named, _silence, _silenced))


def _named(viewer: Viewer, ids: set[int]) -> Mapping[int, Named]:
    found = Thread.objects.visible_to(viewer).filter(pk__in=ids).select_related("forum__community")
    return {thread.pk: Named(thread.title, thread.get_absolute_url()) for thread in found}


def _silence(viewer: Viewer, pk: int, silent: bool) -> None:
    """To mute is a level of watching; to end it, to have none. Another level stays as it is."""
    thread = Thread.objects.visible_to(viewer).select_related("forum__community").get(pk=pk)
    if silent:
        set_level(viewer=viewer, of=thread, level=Involvement.NOTHING)
    elif _muted(viewer).filter(thread=thread).exists():
        set_level(viewer=viewer, of=thread, level="")


def _silenced(viewer: Viewer) -> Iterable[int]:
    return _muted(viewer).order_by("-since", "-pk").values_list("thread_id", flat=True)[:_LISTED]


def _muted(viewer: Viewer) -> QuerySet[Watch]:
    return Watch.objects.filter(user=viewer.user_id, level=Involvement.NOTHING, thread__isnull=False)
