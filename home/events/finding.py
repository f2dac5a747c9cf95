"""The page of an event for one reader, and the desk that belongs to it."""

from collections.abc import Iterable

from home.events.models import Desk, EventPage
from network.foundations.viewer import Viewer
from network.thesaurus.models import Term


def pages_of(desks: Iterable[Desk], viewer: Viewer) -> dict[int, EventPage]:
    """By the number of each desk its event's page in the viewer's language, where the page is published."""
    keys = {desk.event: desk.pk for desk in desks}
    pages = EventPage.objects.visible().for_readers_of(viewer.language).filter(translation_key__in=keys)
    return {keys[page.translation_key]: page for page in pages}


def page_of(desk: Desk, viewer: Viewer) -> EventPage | None:
    return pages_of([desk], viewer).get(desk.pk)


def desk_of(event: EventPage) -> Desk | None:
    return Desk.objects.filter(event=event.translation_key).first()


def next_events(viewer: Viewer, theme: Term | None, number: int) -> list[EventPage]:
    """What is ahead, the next first, for a list on any page."""
    found = EventPage.objects.visible().for_readers_of(viewer.language).ahead()
    if theme:
        found = found.filter(themes=theme)
    return list(found.select_related("country").order_by("starts_at", "id")[:number])
