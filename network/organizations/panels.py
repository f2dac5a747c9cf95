"""What rooms above put on the pages of organizations and countries."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

from network.foundations.registry import Registry
from network.foundations.viewer import Viewer


@dataclass(frozen=True)
class Panel:
    """A block on the page of a country or an organization; nothing is shown for an empty one."""

    title: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)


PanelFor = Callable[[Viewer, Any], Panel | None]

#: ``(viewer, organization) -> Panel | None``
organization_panels: Registry[PanelFor] = Registry("organization panels")
#: ``(viewer, country term) -> Panel | None``
country_panels: Registry[PanelFor] = Registry("country panels")


class Card(Protocol):
    """What a page may show of a person to this viewer."""

    name: str
    url: str


Cards = Callable[[Viewer, Iterable[int]], dict[int, Card]]

#: How people are shown: one entry, filled by the room that knows what each has chosen to show.
faces: Registry[Cards] = Registry("faces")


def cards_for(viewer: Viewer, user_ids: Iterable[int]) -> dict[int, Card]:
    cards: dict[int, Card] = {}
    for show in faces:
        cards.update(show(viewer, user_ids))
    return cards


def shown(registry: Registry[PanelFor], viewer: Viewer, subject: Any) -> list[Panel]:
    return [panel for panel_for in registry if (panel := panel_for(viewer, subject)) is not None]
