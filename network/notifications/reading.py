"""The inbox as its owner reads it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.contrib.auth import get_user_model
from django.db.models import Count, Max, Q, Subquery
from django.db.models.functions import Coalesce

from network.foundations.viewer import Viewer
from network.notifications import places
from network.notifications.actions import inbox
from network.notifications.counting import counted, named
from network.notifications.enums import Family
from network.notifications.kinds import Rendered, kinds, names_of, render_each
from network.notifications.models import Notification
from network.notifications.querysets import NotificationQuerySet
from network.outbox.models import Stream

#: Rows that are looked through for one that can still be shown, where the newest of a group has gone.
_LOOK_BACK = 100
#: People who are named on a line; the others are counted.
_NAMED = 3
#: Lines whose being unread an open page is told of, so that what was read elsewhere is read there too.
_TOLD = 200


@dataclass(frozen=True)
class Gathered:
    """What a line holds together: how many of which kind, and whose deeds, the latest first."""

    numbers: Counter[str] = field(default_factory=Counter)
    actors: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Line:
    """One line of the inbox: the newest of a group, in words, and how many in the group are unread.

    ``summary`` tells how many of what the line holds, and from whom, where it holds more than one. ``place``
    is where it happened, for a place that she may see.
    """

    notification: Notification
    words: Rendered
    unread: int
    summary: str = ""
    place: str = ""

    @property
    def family(self) -> Family | None:
        kind = kinds.get(self.notification.kind)
        return kind.family if kind else None


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


def narrowed(*, family: str = "", place: str = "") -> Q:
    """Only notices of one heading, or of one place."""
    only = Q()
    if family:
        only &= Q(kind__in=names_of(family))
    if place:
        only &= Q(place=place)
    return only


def places_of(viewer: Viewer) -> list[str]:
    """Where the notices in her inbox happened."""
    mine = Notification.objects.visible_to(viewer).in_inbox().exclude(place="")
    return list(mine.order_by("place").values_list("place", flat=True).distinct())


def unread_groups(viewer: Viewer) -> list[str] | None:
    """The lines that hold something unread; None where they are too many to be told."""
    mine = Notification.objects.visible_to(viewer).unread().order_by("group")
    found = list(mine.values_list("group", flat=True).distinct()[: _TOLD + 1])
    return found if len(found) <= _TOLD else None


def lines(newest: Sequence[Notification], viewer: Viewer, only: Q | None = None) -> list[Line]:
    """Lines for the newest of each group; what the viewer may no longer see is left out.

    Where the newest of a group has gone but an earlier one has not, the earlier one speaks for the group.
    """
    mine = Notification.objects.visible_to(viewer).in_inbox().filter(only or Q())
    speakers = _in_words(newest, viewer)
    silent = [row for row in newest if row.group not in speakers]
    if silent:
        earlier = mine.filter(group__in=[row.group for row in silent]).exclude(pk__in=[r.pk for r in silent])
        speakers |= _in_words(earlier.order_by("-pk")[:_LOOK_BACK], viewer)
    shown = [row for row in newest if row.group in speakers]
    summaries = _summaries(shown, mine)
    seen = places.named(viewer, {row.place for row in shown})
    return [
        Line(
            *speakers[row.group],
            unread=row.unread_count,
            summary=summaries.get(row.group, ""),
            place=row.place if row.place in seen else "",
        )
        for row in shown
    ]


def _summaries(shown: Sequence[Notification], mine: NotificationQuerySet) -> dict[str, str]:
    """Who and how many, for lines of more than one: of what is unread, or else of all. Two questions."""
    gathered: dict[str, Gathered] = {}
    unread = [row.group for row in shown if row.unread_count]
    read = [row.group for row in shown if not row.unread_count]
    inside = mine.filter(Q(group__in=unread, read_at=None) | Q(group__in=read)).order_by()
    parts = inside.values("group", "kind", "actor").annotate(n=Count("pk"), last=Max("pk"))
    for part in sorted(parts, key=lambda part: -part["last"]):
        here = gathered.setdefault(part["group"], Gathered())
        here.numbers[part["kind"]] += part["n"]
        if part["actor"] and part["actor"] not in here.actors:
            here.actors.append(part["actor"])
    several = {group: here for group, here in gathered.items() if here.numbers.total() > 1}
    wanted = {actor for here in several.values() for actor in here.actors[:_NAMED]}
    people = get_user_model().objects.in_bulk(wanted)
    return {group: _summary(here, people) for group, here in several.items()}


def _summary(here: Gathered, people: dict) -> str:
    names = [people[actor].get_full_name() for actor in here.actors[:_NAMED] if actor in people]
    told = counted(here.numbers)
    return f"{told} · {named(names, len(here.actors))}" if names else told


def _in_words(rows: Iterable[Notification], viewer: Viewer) -> dict[str, tuple[Notification, Rendered]]:
    """Group to the first of its rows that has words for this viewer."""
    rows = list(rows)
    speakers: dict[str, tuple[Notification, Rendered]] = {}
    for row, words in zip(rows, render_each([(row.kind, row.ids) for row in rows], viewer), strict=True):
        if words:
            speakers.setdefault(row.group, (row, words))
    return speakers
