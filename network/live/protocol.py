"""What a browser may say on its socket."""

import json
from dataclasses import dataclass

from django.conf import settings

#: Characters of one frame; a subscription needs about a hundred.
MAX_FRAME = 2_000
#: Streams that one tab may follow.
MAX_STREAMS = 20


class NotUnderstood(ValueError):
    """The frame is not one of ours; the text says why, for whoever reads the console."""


@dataclass(frozen=True)
class Subscribe:
    stream: str
    after: int | None
    language: str


@dataclass(frozen=True)
class Unsubscribe:
    stream: str


@dataclass(frozen=True)
class Ping:
    pass


def parse(frame: str) -> Subscribe | Unsubscribe | Ping:
    try:
        said = json.loads(frame)
    except (ValueError, RecursionError):
        raise NotUnderstood("This is not JSON.") from None
    if not isinstance(said, dict):
        raise NotUnderstood("Send an object.")
    if "follow" in said:
        return Subscribe(_name(said["follow"]), number(said.get("after")), language(said.get("language")))
    if "unfollow" in said:
        return Unsubscribe(_name(said["unfollow"]))
    if "ping" in said:
        return Ping()
    raise NotUnderstood("Send follow, unfollow or ping.")


def _name(value: object) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= 100:
        raise NotUnderstood("A stream is called by a text of at most 100 characters.")
    return value


def number(value: object) -> int | None:
    """A place in a stream: a whole number from 0, or nothing for 'from now on'."""
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**63:
        raise NotUnderstood("'after' is a whole number from 0.")
    return value


def language(value: object) -> str:
    """The page's language if it is one of ours, else the site's."""
    known = {code for code, _ in settings.LANGUAGES}
    return value if isinstance(value, str) and value in known else settings.LANGUAGE_CODE
