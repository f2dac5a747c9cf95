"""Who sits at the other end of a socket, and what she follows."""

import asyncio
import contextlib
import time
from collections.abc import Callable, Coroutine, Generator
from dataclasses import dataclass, field
from typing import Any

#: Frames that wait for one socket; who reads more slowly falls back to catching up.
QUEUE_SIZE = 100


@dataclass(frozen=True)
class Close:
    """The last thing in a queue: end the connection with this code."""

    code: int


class Rest:
    """What is left of a sending that could not be done at once: the line of this one client is full."""

    def __init__(self, sending: Coroutine[Any, Any, None], waits_for: Any) -> None:
        self._sending = sending
        self._waits_for = waits_for

    def __await__(self) -> Generator[Any, Any, None]:
        waits_for = self._waits_for
        try:
            while True:
                try:
                    said = yield waits_for
                except BaseException as error:
                    waits_for = self._sending.throw(error)
                else:
                    waits_for = self._sending.send(said)
        except StopIteration:
            return

    def drop(self) -> None:
        self._sending.close()


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
    queue: "asyncio.Queue[str | Rest | Close]" = field(default_factory=lambda: asyncio.Queue(QUEUE_SIZE))
    heard_at: float = field(default_factory=time.monotonic)
    stalled: bool = False
    closing: bool = False
    #: Sends at once, where her line is free; the writer of the socket has it while it sends itself.
    send: "Callable[[str], Coroutine[Any, Any, None]] | None" = None
    is_writing: bool = False

    @property
    def person_stream(self) -> str:
        return f"person:{self.user_id}" if self.user_id is not None else ""

    def offer(self, frame: str) -> bool:
        """Send ``frame``, or queue it where something waits already; False if there is no room: the reader
        is behind and will be caught up.

        To wake the writer of a socket costs as much as to send. So it is left asleep as long as a client
        takes what it gets: whoever offers sends, and what the line does not take is the writer's.
        """
        if self.closing:
            return False
        try:
            if self.send is None or self.is_writing or not self.queue.empty():
                self.queue.put_nowait(frame)
            elif (rest := _begun(self.send(frame))) is not None:
                self.queue.put_nowait(rest)
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
            waiting = self.queue.get_nowait()
            if isinstance(waiting, Rest):
                waiting.drop()
        self.queue.put_nowait(Close(code))


def _begun(sending: Coroutine[Any, Any, None]) -> Rest | None:
    """Run ``sending`` as far as it goes without waiting; what is left of it, if anything is."""
    with contextlib.suppress(OSError):  # she has gone; the listener hears of it too
        try:
            return Rest(sending, sending.send(None))
        except StopIteration:
            pass
    return None


@dataclass(eq=False, slots=True)
class Follow:
    """One stream that one socket follows. ``number`` is the last entry that was dealt with."""

    reader: Reader
    stream: str
    number: int
    language: str
