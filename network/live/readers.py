"""Who sits at the other end of a socket, and what she follows."""

import asyncio
import time
from dataclasses import dataclass, field

#: Frames that wait for one socket; who reads more slowly falls back to catching up.
QUEUE_SIZE = 100


@dataclass(frozen=True)
class Close:
    """The last thing in a queue: end the connection with this code."""

    code: int


#: Codes that ``live.js`` knows: sign in anew and come back; say something or be let go; slow down.
WHO_ARE_YOU = 4401
IDLE = 4408
FLOOD = 1008
TOO_BIG = 1009


@dataclass(eq=False, slots=True)
class Reader:
    """One socket. ``session_hash`` is what the person's password and sessions answered when she came."""

    user_id: int | None = None
    session_key: str = ""
    session_hash: str = ""
    #: Where her own stream ``person:<id>`` stood when she came; anything later ends the connection.
    person_number: int = 0
    follows: dict[str, "Follow"] = field(default_factory=dict)
    queue: "asyncio.Queue[str | Close]" = field(default_factory=lambda: asyncio.Queue(QUEUE_SIZE))
    heard_at: float = field(default_factory=time.monotonic)
    stalled: bool = False
    closing: bool = False

    @property
    def person_stream(self) -> str:
        return f"person:{self.user_id}" if self.user_id is not None else ""

    def offer(self, frame: str) -> bool:
        """Queue ``frame``; False if there is no room: the reader is behind and will be caught up."""
        if self.closing:
            return False
        try:
            self.queue.put_nowait(frame)
        except asyncio.QueueFull:
            self.stalled = True
            return False
        return True

    def close(self, code: int) -> None:
        """Nothing that still waits is sent any more."""
        if self.closing:
            return
        self.closing = True
        while not self.queue.empty():
            self.queue.get_nowait()
        self.queue.put_nowait(Close(code))


@dataclass(eq=False, slots=True)
class Follow:
    """One stream that one socket follows. ``number`` is the last entry that was dealt with."""

    reader: Reader
    stream: str
    number: int
    language: str
