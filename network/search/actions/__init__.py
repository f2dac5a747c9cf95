"""Deeds of the room ``search``."""

from network.search.actions.alerting import run_due
from network.search.actions.indexing import (
    INDEX,
    MAX_TEXT,
    add_many,
    build,
    forget_vanished,
    index,
    index_entry,
    remove,
)
from network.search.actions.saving import change, delete, save, stop

__all__ = [
    "INDEX",
    "MAX_TEXT",
    "add_many",
    "build",
    "change",
    "delete",
    "forget_vanished",
    "index",
    "index_entry",
    "remove",
    "run_due",
    "save",
    "stop",
]
