"""The inbox as its owner reads it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Subquery
from django.db.models.functions import Coalesce

from network.foundations.viewer import Viewer
from network.notifications.actions import inbox
from network.notifications.kinds import Rendered, render_each
from network.notifications.models import Notification
from network.outbox.models import Stream


@dataclass(frozen=True)
class Line:
    """One line of the inbox: the newest of a group, in words, and how many in the group are unread."""

    notification: Notification
    words: Rendered
    unread: int


@dataclass(frozen=True)
class Bell:
    """What the bell in the header shows, and from which number on the page follows the inbox."""

    stream: str
    unread: int
    number: int


def unread(viewer: Viewer) -> int:
    """How many lines of the inbox hold something unread."""
    mine = Notification.objects.visible_to(viewer).unread()
    return mine.aggregate(lines=Count("group", distinct=True))["lines"]


def bell(viewer: Viewer) -> Bell:
    """One query; a person who was never told of anything has no stream and nothing unread."""
    name = inbox(viewer.user_id)
    mine = Notification.objects.visible_to(viewer).unread().order_by().values("recipient")
    counted = mine.annotate(lines=Count("group", distinct=True)).values("lines")
    row = (
        Stream.objects.filter(name=name)
        .annotate(lines=Coalesce(Subquery(counted), 0))
        .values_list("lines", "last_number")
        .first()
    )
    lines, number = row or (0, 0)
    return Bell(name, lines, number)


def lines(newest: Sequence[Notification], viewer: Viewer) -> list[Line]:
    """Lines for the newest of each group; what the viewer may no longer see is left out.

    Where the newest of a group has gone but an earlier one has not, the earlier one speaks for the group.
    """
    words = render_each([(row.kind, row.ids) for row in newest], viewer)
    found = []
    for row, rendered in zip(newest, words, strict=True):
        speaker = (row, rendered) if rendered else _earlier(row, viewer)
        if speaker:
            found.append(Line(*speaker, unread=row.unread_count))
    return found


def _earlier(row: Notification, viewer: Viewer, look_back: int = 5) -> tuple[Notification, Rendered] | None:
    rows = Notification.objects.visible_to(viewer).in_inbox().filter(group=row.group, pk__lt=row.pk)
    before = list(rows.order_by("-pk")[:look_back])
    words = render_each([(each.kind, each.ids) for each in before], viewer)
    return next(((each, rendered) for each, rendered in zip(before, words, strict=True) if rendered), None)
