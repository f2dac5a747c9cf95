"""Entries of the outbox as the browser gets them."""

import json
import logging
from collections.abc import Iterable
from typing import Any

from django.db import DatabaseError
from django.utils import translation

from network.consent.egress import bind_for
from network.consent.tokens import MARK
from network.foundations.viewer import Viewer
from network.live.streams import find
from network.outbox.models import Entry

logger = logging.getLogger(__name__)

Message = dict[str, Any]


def render(entry: Entry, viewer: Viewer) -> Message | None:
    """``entry`` for ``viewer``, in her language; None where she gets nothing.

    A room's mistake costs this one message and is logged: the page still has what happened. Trouble with the
    database is raised, so that the same entry is tried again.
    """
    found = find(entry.stream_id)
    if found is None:
        return None
    try:
        with translation.override(viewer.language):
            message = found[0].render(entry, viewer)
    except DatabaseError:
        raise
    except Exception:
        logger.exception("Entry %s of %s could not be rendered.", entry.number, entry.stream_id)
        return None
    if message is None:
        return None
    return {
        "stream": entry.stream_id,
        "number": entry.number,
        "kind": entry.kind,
        "html": message.html,
        "data": dict(message.data),
    }


def common_viewer(viewers: Iterable[Viewer], language: str) -> Viewer:
    """Somebody with just the keys that all of ``viewers`` hold: what she may see, each of them may see."""
    return Viewer(keys=frozenset.intersection(*(viewer.keys for viewer in viewers)), language=language)


def encode(message: Message) -> str:
    return json.dumps(message, ensure_ascii=False, separators=(",", ":"))


def holds_knowledge(message: Message) -> bool:
    """Whether tokens stand in it: then it is not the same for any two readers."""
    return MARK in message["html"]


def bound(message: Message, viewer: Viewer) -> Message:
    """``message`` with each token turned into what ``viewer`` may read where its stream stands."""
    if not holds_knowledge(message):
        return message
    html = bind_for(viewer, message["html"], exit="socket", place=message["stream"])
    return {**message, "html": html}
