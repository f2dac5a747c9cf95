"""The deeds of the room ``forums``."""

from communities.forums.actions.moderating import (
    approve,
    hide,
    lock,
    pin,
    show_again,
    turn_down,
    unlock,
    unpin,
)
from communities.forums.actions.opening import change_forum, open_forum
from communities.forums.actions.reading import mark_read, unwatch, watch
from communities.forums.actions.writing import edit, reply, start_thread

__all__ = [
    "approve",
    "change_forum",
    "edit",
    "hide",
    "lock",
    "mark_read",
    "open_forum",
    "pin",
    "reply",
    "show_again",
    "start_thread",
    "turn_down",
    "unlock",
    "unpin",
    "unwatch",
    "watch",
]
