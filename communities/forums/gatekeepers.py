"""May this post go out now, or does it wait for a moderator? Upper rooms register their rules here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from network.foundations.registry import Registry
from network.foundations.viewer import Viewer

if TYPE_CHECKING:
    from communities.models import Community


@dataclass(frozen=True)
class Candidate:
    """What a gatekeeper may look at: who writes, where, and what (clean HTML)."""

    viewer: Viewer
    community: "Community"
    html: str


#: Name of a rule to ``(candidate) -> bool``: True where the post has to wait.
gatekeepers: Registry[Callable[[Candidate], bool]] = Registry("gatekeepers of the forums")


def held_by(candidate: Candidate) -> list[str]:
    """The names of the rules that hold this post back; none: it goes out."""
    return [name for name, holds in gatekeepers.items() if holds(candidate)]
