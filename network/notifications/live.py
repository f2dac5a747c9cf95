"""The inbox as a live stream: ``inbox:<user>``, for its owner only."""

from django.template.loader import render_to_string

from network.foundations.viewer import Viewer
from network.live.streams import LiveMessage
from network.notifications import reading
from network.notifications.models import Notification
from network.outbox.models import Entry


def may_follow(viewer: Viewer, key: str) -> bool:
    return viewer.user_id == int(key)


def render(entry: Entry, viewer: Viewer) -> LiveMessage:
    """How many lines are unread now, which ones, and the line that has just come (if it is for the inbox).

    What was read on one device is so read in the pages that stand open on others.
    """
    html = _line(entry, viewer)
    groups = reading.unread_groups(viewer)
    count = reading.unread(viewer) if groups is None else len(groups)
    return LiveMessage(html=html, data={"unread": count, "groups": groups})


def _line(entry: Entry, viewer: Viewer) -> str:
    arrived = Notification.objects.visible_to(viewer).lines().filter(pk=entry.ids.get("notification")).first()
    lines = reading.lines([arrived], viewer) if arrived else []
    if not lines:
        return ""
    return render_to_string("notifications/inbox/_line.html", {"line": lines[0], "viewer": viewer})
