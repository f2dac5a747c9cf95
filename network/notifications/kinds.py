"""What a person can be told of: rooms register their kinds in ``AppConfig.ready()``.

A notification holds ids only. Its words are made when it is shown or mailed, for the person who reads it
then: what she may no longer see has no words any more.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from network.foundations.registry import Registry
from network.foundations.viewer import Viewer

Ids = Mapping[str, Any]


@dataclass(frozen=True)
class MailThread:
    """Where a mail belongs, so that mail programs thread and filter it.

    ``key`` names the conversation (``thread-17``), ``list_id`` and ``list_name`` the list that a filter would
    look for (``mangroves.general``, "General, Mangroves"). ASCII letters, digits, dots and hyphens.
    """

    key: str
    list_id: str
    list_name: str


@dataclass(frozen=True)
class Rendered:
    """One notification in words. ``html`` says what ``text`` says and is clean; ``url`` begins with ``/``."""

    subject: str
    text: str
    html: str = ""
    url: str = "/"
    thread: MailThread | None = None


@dataclass(frozen=True)
class Kind:
    """One kind of notification.

    ``render(ids, viewer)`` returns None where the viewer may not see (any more) what it is about.
    ``render_many`` does the same for a page of them, in the same order, in a constant number of queries: for
    whatever an inbox may hold many of. One of the two is enough.
    ``mail`` says whether it goes out as a mail too, as long as a person has not chosen otherwise.
    """

    label: Any
    render: Callable[[Ids, Viewer], Rendered | None] | None = None
    render_many: Callable[[Sequence[Ids], Viewer], Sequence[Rendered | None]] | None = None
    help_text: Any = ""
    mail: bool = True

    def words(self, many: Sequence[Ids], viewer: Viewer) -> Sequence[Rendered | None]:
        if self.render_many:
            return self.render_many(many, viewer)
        return [self.render(ids, viewer) for ids in many] if self.render else [None] * len(many)


kinds: Registry[Kind] = Registry("notification kinds")


def register(name: str, kind: Kind) -> Kind:
    return kinds.register(name, kind)


def render_each(found: Sequence[tuple[str, Ids]], viewer: Viewer) -> list[Rendered | None]:
    """The words for pairs of kind and ids, in their order: one question for each kind."""
    words: list[Rendered | None] = [None] * len(found)
    places: dict[str, list[int]] = {}
    for place, (name, _ids) in enumerate(found):
        places.setdefault(name, []).append(place)
    for name, at in places.items():
        kind = kinds.get(name)
        if kind is None:  # its room has gone
            continue
        ids = [found[place][1] for place in at]
        for place, rendered in zip(at, kind.words(ids, viewer), strict=True):
            words[place] = rendered
    return words
