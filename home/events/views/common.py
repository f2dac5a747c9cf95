"""What the doorways of a registration desk share."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from home.events import policies
from home.events.answers import listing_of
from home.events.finding import desk_of
from home.events.models import Desk, EventPage
from home.languages import address_of


def find_event(request: HttpRequest, slug: str) -> EventPage:
    """The published event at this address, in the reader's language, or 404."""
    if "\x00" in slug:  # PostgreSQL looks for no such text
        raise Http404
    return get_object_or_404(EventPage.objects.visible().for_readers_of(), slug=slug)


def find_desk(request: HttpRequest, slug: str) -> tuple[EventPage, Desk]:
    event = find_event(request, slug)
    desk = desk_of(event)
    if desk is None:
        raise Http404(_("One does not register for this event here."))
    return event, desk


def keep(request: HttpRequest, event: EventPage) -> None:
    """Only for those who keep the event."""
    if not policies.can_keep(request.viewer, event):
        raise PermissionDenied(_("This is for those who keep the event."))


def around(event: EventPage, **more: Any) -> dict[str, Any]:
    """What every page of a desk shows around its own content."""
    trail = [(_("Events"), listing_of(event)), (event.title, address_of(event))]
    return {"event": event, "event_url": address_of(event), "trail": trail, **more}
