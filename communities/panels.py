"""What rooms above show on the pages of a community."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise

from network.foundations.registry import Registry
from network.foundations.viewer import Viewer

if TYPE_CHECKING:
    from communities.models import Community, Membership


@dataclass(frozen=True)
class Panel:
    """A part of a community's front page: ``context`` answers what ``template`` needs, None where there is
    nothing to show this viewer; ``changes_at`` in it is when that reads differently by itself. ``place`` is
    ``main`` or ``aside``."""

    template: str
    context: "Callable[[Viewer, Community], dict | None]"
    place: str = "main"
    order: int = 100


@dataclass(frozen=True)
class Section:
    """A page of its own in the row of tabs of a community."""

    label: str | Promise
    url: "Callable[[Community], str]"
    shown: "Callable[[Viewer, Community], bool]"
    order: int = 100


@dataclass(frozen=True)
class MemberPage:
    """A page about one member, for those who look after the community; ``url`` takes the membership."""

    label: str | Promise
    url: "Callable[[Membership], str]"
    shown: "Callable[[Viewer, Community], bool]"


#: Feeds of what is said in a community: media type and address, where anybody may read it.
feeds: "Registry[Callable[[Community], list[tuple[str, str]]]]" = Registry("feeds of communities")
panels: Registry[Panel] = Registry("panels of communities")
member_pages: Registry[MemberPage] = Registry("pages about a member")
sections: Registry[Section] = Registry("sections of communities")


def panels_for(viewer: Viewer, community: "Community", place: str) -> list[dict]:
    """The panels at ``place`` that have something to show, each as ``{"template", "context"}``."""
    found = []
    for panel in sorted((p for p in panels if p.place == place), key=lambda p: p.order):
        context = panel.context(viewer, community)
        if context is not None:
            found.append({"template": panel.template, "context": context})
    return found


def tabs_for(viewer: Viewer, community: "Community", current: str) -> list[dict]:
    """The row of tabs as ``components/tabs.html`` takes it; ``current`` names the open section."""
    shown = [(name, section) for name, section in sections.items() if section.shown(viewer, community)]
    return [
        {"label": section.label, "url": section.url(community), "current": name == current}
        for name, section in sorted(shown, key=lambda pair: pair[1].order)
    ]


def feeds_of(community: "Community") -> list[tuple[str, str]]:
    """Feeds for programs, told in the head of its page; none where strangers may not read."""
    return [feed for feeds_in in feeds for feed in feeds_in(community)] if community.is_public else []
