"""The inbox as its owner reads it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Subquery
from django.db.models.functions import Coalesce

from network.foundations.viewer import Viewer
from network.notifications.actions import inbox
from network.notifications.kinds import Rendered, render_each
from network.notifications.models import Notification
from network.outbox.models import Stream

#: Rows that are looked through for one that can still be shown, where the newest of a group has gone.
_LOOK_BACK = 100


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
    speakers = _in_words(newest, viewer)
    silent = [row for row in newest if row.group not in speakers]
    if silent:
        mine = Notification.objects.visible_to(viewer).in_inbox()
        earlier = mine.filter(group__in=[row.group for row in silent]).exclude(pk__in=[r.pk for r in silent])
        speakers |= _in_words(earlier.order_by("-pk")[:_LOOK_BACK], viewer)
    return [Line(*speakers[row.group], unread=row.unread_count) for row in newest if row.group in speakers]


def _in_words(rows: Iterable[Notification], viewer: Viewer) -> dict[str, tuple[Notification, Rendered]]:
    """Group to the first of its rows that has words for this viewer."""
    rows = list(rows)
    speakers: dict[str, tuple[Notification, Rendered]] = {}
    for row, words in zip(rows, render_each([(row.kind, row.ids) for row in rows], viewer), strict=True):
        if words:
            speakers.setdefault(row.group, (row, words))
    return speakers
