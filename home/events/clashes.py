"""Sessions that cannot both be: one room, or one speaker, at one time. Pure reckoning, no rows."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from home.events.models import Session


def clashes(sessions: "Iterable[Session]") -> "list[tuple[Session, Session, list[str]]]":
    """Each pair that overlaps, the earlier one first, with the rooms and speakers that they share.

    What ends at the minute at which another begins does not meet it.
    """
    ordered = sorted(sessions, key=lambda session: (session.starts_at, session.pk or 0))
    found = []
    for place, first in enumerate(ordered):
        for second in ordered[place + 1 :]:
            if second.starts_at >= first.ends_at:
                break
            if shared := _shared(first, second):
                found.append((first, second, shared))
    return found


def _shared(first: "Session", second: "Session") -> list[str]:
    """Rooms and names, as the first session writes them."""
    theirs = set(_busy(second))
    return [shown for key, shown in _busy(first).items() if key in theirs]


def _busy(session: "Session") -> dict[tuple[str, object], str]:
    busy: dict[tuple[str, object], str] = {}
    if room := " ".join(session.room.split()):
        busy["room", room.casefold()] = room
    if session.speaker is not None:
        busy["speaker", session.speaker_id] = str(session.speaker)
    busy |= {("name", " ".join(name.split()).casefold()): name for name in session.names}
    return busy
