"""What can be followed live: rooms register their streams in ``AppConfig.ready()``.

The name of a live stream is the name of its outbox stream, ``<prefix>:<key>``; the prefix finds the room's
rules, the key is the room's own (usually a row's number).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from network.foundations.registry import Registry
from network.foundations.viewer import Viewer

if TYPE_CHECKING:
    from network.outbox.models import Entry

_NAME = re.compile(r"(?P<prefix>[a-z_]{1,30}):(?P<key>[0-9A-Za-z_-]{1,60})")


@dataclass(frozen=True)
class LiveMessage:
    """What an entry looks like to the browser: a fragment to put into the page, and small facts about it."""

    html: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class LiveStream:
    """The rules of all streams with one prefix.

    ``may_follow(viewer, key)`` is asked on subscribing and again before each delivery; it must not say yes to
    nobody (a viewer who is not signed in) and no to a person, because what everyone may follow is not asked
    again for each.
    ``render(entry, viewer)`` gives the message, or None where this viewer gets nothing.
    A ``shared`` stream reads the same for all who may follow it: it is rendered once in each language, for
    nobody in particular where everyone may follow, else for a viewer who holds only the keys that all its
    readers hold; where the latter shows nothing, each reader's message is rendered for herself, as it always
    is in a stream that is not shared.
    """

    may_follow: Callable[[Viewer, str], bool]
    render: "Callable[[Entry, Viewer], LiveMessage | None]"
    shared: bool = True


streams: Registry[LiveStream] = Registry("live streams")


def find(name: object) -> tuple[LiveStream, str] | None:
    """The rules and the key of the stream called ``name``; None if no room has such streams."""
    match = _NAME.fullmatch(name) if isinstance(name, str) else None
    rules = streams.get(match["prefix"]) if match else None
    return (rules, match["key"]) if rules and match else None


def may_follow(name: str, viewer: Viewer) -> bool:
    """Whether ``viewer`` may follow ``name`` now. Unknown, malformed and forbidden names all answer no."""
    found = find(name)
    if found is None:
        return False
    rules, key = found
    try:
        return bool(rules.may_follow(viewer, key))
    except (ValueError, OverflowError):  # a key that is not one of the room's, such as a word for a number
        return False
