"""What one person wants of single places: how a choice is told in one word, and the list of hers."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from network.foundations.viewer import Viewer
from network.notifications.enums import Timing
from network.notifications.kinds import render_each
from network.notifications.models import Notification, PlaceChoice
from network.notifications.places import Named, Place, named, parts, places

#: Notices that are looked through for the name of a line.
_LOOK_BACK = 200


class How(models.TextChoices):
    """How somebody wants to hear of one place."""

    USUAL = "usual", _("As I chose for everything")
    LIST = "list", _("Every post as a mail of its own, at once")
    AT_ONCE = "at_once", _("Mails at once")
    DAILY = "daily", _("In the daily digest")
    WEEKLY = "weekly", _("In the weekly digest")
    INBOX = "inbox", _("In the inbox only, no mails")
    MUTED = "muted", _("Not at all")

    def as_fields(self, own_posts: bool) -> dict[str, Any]:
        """The columns of ``PlaceChoice`` that say it."""
        fields: dict[str, Any] = {"inbox": "", "mail": "", "every_post": False, "own_posts": False}
        if self == How.LIST:
            return fields | {"every_post": True, "own_posts": own_posts}
        if self == How.MUTED:
            return fields | {"inbox": Timing.NEVER, "mail": Timing.NEVER}
        mail = {How.USUAL: "", How.INBOX: Timing.NEVER}.get(self, self.value)
        return fields | {"mail": mail}


def how(choice: PlaceChoice | None) -> How:
    if choice is None:
        return How.USUAL
    if choice.every_post:
        return How.LIST
    if choice.inbox == Timing.NEVER:
        return How.MUTED
    return {"": How.USUAL, Timing.NEVER: How.INBOX}.get(choice.mail) or How(choice.mail)


@dataclass(frozen=True)
class Special:
    """One line of the list: the place in words and how she hears of it."""

    place: str
    words: Named
    how: How


def of_viewer(viewer: Viewer) -> list[Special]:
    """All that differs from what she chose for everything; a place that she may not see any more has gone."""
    kept = {row.place: how(row) for row in PlaceChoice.objects.of(viewer.user_id).order_by("-since", "-pk")}
    for sort, entry in places.items():
        if entry.silenced is not None:
            kept |= {f"{sort}:{number}": How.MUTED for number in entry.silenced(viewer)}
    words = names(viewer, kept)
    return [Special(place, words[place], said) for place, said in kept.items() if place in words]


def names(viewer: Viewer, wanted: Iterable[str]) -> dict[str, Named]:
    """Names of places; of any other line its newest notice that has words for her."""
    wanted = list(wanted)
    found = named(viewer, wanted)
    lines = [place for place in wanted if sort_of(place) is None]
    if lines:
        told = Notification.objects.visible_to(viewer).filter(group__in=lines)
        rows = list(told.order_by("-pk")[:_LOOK_BACK])
        for row, words in zip(rows, render_each([(row.kind, row.ids) for row in rows], viewer), strict=True):
            if words:
                found.setdefault(row.group, Named(words.subject, words.url))
    return found


def sort_of(place: str) -> Place | None:
    """What sort of place this is, if a room has registered it."""
    split = parts(place)
    return places.get(split[0]) if split else None


def offered(viewer: Viewer, place: str) -> list[How]:
    """What she may choose there: every post by mail only where she belongs."""
    entry, split = sort_of(place), parts(place)
    lists = bool(entry and split and entry.lists and entry.lists(viewer, split[1]))
    return [choice for choice in How if choice != How.LIST or lists]
