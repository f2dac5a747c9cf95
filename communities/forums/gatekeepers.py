"""May this post go out now, or does it wait for a moderator? Upper rooms register their rules here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise

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


#: Name of a rule to ``(candidate) -> bool``: True where the post has to wait. Who keeps several rules answers
#: with the names of those that hold it.
gatekeepers: Registry[Callable[[Candidate], bool | list[str]]] = Registry("gatekeepers of the forums")
#: Name of a rule to what is said of a post that it holds.
reasons: Registry[str | Promise] = Registry("why posts wait")
#: What somebody is told before she writes of what will wait; rooms above say it in sentences.
forewarnings: "Registry[Callable[[Viewer, Community], list[str]]]" = Registry("what writers are told")


def forewarned(viewer: Viewer, community: "Community") -> list[str]:
    return [sentence for told in forewarnings for sentence in told(viewer, community)]


def held_by(candidate: Candidate) -> list[str]:
    """The names of the rules that hold this post back; none: it goes out."""
    found: list[str] = []
    for name, holds in gatekeepers.items():
        answer = holds(candidate)
        found += answer if isinstance(answer, list) else [name] * answer
    return found
