"""Beginning an event from a template."""

from datetime import datetime

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail.rich_text import RichText

from home.events import policies
from home.events.actions.line import demand
from home.events.beginnings import MODELS
from home.events.enums import Beginning
from home.events.models import EventIndexPage, EventPage, KnowledgeFairPage
from network.foundations.deeds import deed
from network.foundations.ids import free_slug
from network.foundations.viewer import Viewer

#: Addresses below ``/events/`` that are not events.
RESERVED_SLUGS = frozenset({"begin", "certificates", "my-places"})


@deed
def begin_event(
    *, viewer: Viewer, index: EventIndexPage, template: Beginning, title: str, starts_at: datetime, zone: str
) -> EventPage:
    """A draft with hours, kind and headings of its sort, for the editor to go on with."""
    demand(policies.can_begin(viewer), _("Editors begin events."))
    model = MODELS[template]
    # Two editors who begin at the same moment come one after the other: the calendar counts its events.
    Page.objects.select_for_update().get(pk=index.pk)
    index.refresh_from_db()
    body = format_html_join("", "<h2>{}</h2><p>{}</p>", model.headings)
    sort = KnowledgeFairPage if template == Beginning.FAIR else EventPage
    event = sort(
        title=title,
        slug=free_slug(title, index.get_children(), RESERVED_SLUGS),
        kind=model.kind,
        attendance=model.attendance,
        starts_at=starts_at,
        ends_at=starts_at + model.lasts,
        zone=zone,
        body=[("text", RichText(format_html("{}", body)))],
        owner=viewer.user,
        locale=index.locale,
        live=False,
    )
    index.add_child(instance=event)
    event.save_revision(user=viewer.user)
    return event
