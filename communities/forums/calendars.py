"""The window of a forum for calendar programs: when it opens and when it closes."""

from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Event

from communities.forums.models import Forum
from network.foundations.calendars import written
from network.foundations.clock import official, zone_of


def write(forum: Forum) -> bytes:
    return written(_entries(forum), "Forums")


def _entries(forum: Forum) -> Iterator[Event]:
    """Two instants: what lies between them is nobody's appointment."""
    said = {"forum": forum.title}
    if forum.opens_at is not None and forum.closes_at is not None:
        yield _entry(forum, "opens", forum.opens_at, _("“%(forum)s” opens") % said)
        yield _entry(forum, "closes", forum.closes_at, _("“%(forum)s” closes") % said)


def _entry(forum: Forum, which: str, at: datetime, summary: str) -> Event:
    """One instant. Each extension raises SEQUENCE, so that calendars follow."""
    extensions = list(forum.extensions.all())
    entry = Event()
    entry.add(
        "uid", f"forum-{forum.pk}-{which}@{urlsplit(settings.NETWORK_BASE_URL).hostname or 'localhost'}"
    )
    entry.add("sequence", len(extensions))
    entry.add("dtstamp", extensions[-1].at if extensions else forum.created_at)
    entry.add("dtstart", at.astimezone(zone_of(forum.zone)))
    entry.add("summary", summary)
    entry.add("description", f"{forum.community.name}: {official(at, forum.zone)}")
    entry.add("url", urljoin(settings.NETWORK_BASE_URL, forum.get_absolute_url()))
    return entry
