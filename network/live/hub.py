"""One hub for each process: it tails the outbox and writes to every local socket that follows.

``docs/decisions/live-hub.md`` says why this is not a channel-layer group for each stream.
"""

import asyncio
import logging
import time
import weakref
from collections.abc import Iterable

from channels.db import database_sync_to_async

from network.live import deliveries, pings
from network.live.audience import Audience
from network.live.deliveries import Parcel, Verdict
from network.live.messages import encode
from network.live.readers import IDLE, WHO_ARE_YOU, Follow, Reader
from network.live.streams import may_follow

logger = logging.getLogger(__name__)

#: Seconds between two looks at the outbox when nobody hastens it.
TICK = 1.0
#: Seconds between two rounds that ask whether each socket's session still lives.
SWEEP = 30.0
#: Seconds after which a tab that says nothing is let go; ``live.js`` says something twice a minute.
SILENCE = 150.0

_hubs: "weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, Hub]" = weakref.WeakKeyDictionary()


def local() -> "Hub":
    """The hub of the running event loop."""
    loop = asyncio.get_running_loop()
    if loop not in _hubs:
        _hubs[loop] = Hub(loop)
    return _hubs[loop]


def hasten(streams: Iterable[str] | None = None) -> None:
    """Have the hubs of this process look now; callable from any thread."""
    names = None if streams is None else frozenset(streams)
    for hub in list(_hubs.values()):
        hub.hasten(names)


class Hub:
    """Runs while at least one socket is open."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._wake = asyncio.Event()
        self._task: asyncio.Task | None = None
        self._swept_at = time.monotonic()
        self.readers: set[Reader] = set()
        self.streams: dict[str, set[Follow]] = {}
        self.people: dict[str, set[Reader]] = {}

    # --- doorways: called on the loop, but for hasten() ------------------------------------------------

    def join(self, reader: Reader) -> None:
        self.readers.add(reader)
        if reader.person_stream:
            self.people.setdefault(reader.person_stream, set()).add(reader)
        if self._task is None or self._task.done():
            self._task = self._loop.create_task(self._run())

    def leave(self, reader: Reader) -> None:
        for name in list(reader.follows):
            self.unfollow(reader, name)
        self.readers.discard(reader)
        _drop(self.people, reader.person_stream, reader)
        if not self.readers:
            self._wake.set()

    async def follow(self, reader: Reader, name: str, after: int | None, language: str) -> None:
        """Begin to follow; who may not and what does not exist are answered alike."""
        head = await database_sync_to_async(_head_if_allowed)(reader, name, language)
        if head is None:
            reader.offer(encode({"refused": name}))
            return
        self.unfollow(reader, name)
        number = head if after is None else min(after, head)
        if not reader.offer(encode({"following": name, "at": number})) or reader not in self.readers:
            return
        follow = Follow(reader, name, number, language)
        reader.follows[name] = follow
        self.streams.setdefault(name, set()).add(follow)
        if number < head:
            self._wake.set()

    def unfollow(self, reader: Reader, name: str) -> None:
        follow = reader.follows.pop(name, None)
        if follow is not None:
            _drop(self.streams, name, follow)

    def hasten(self, names: frozenset[str] | None = None) -> None:
        if names is None or not names.isdisjoint(self.streams) or not names.isdisjoint(self.people):
            try:
                self._loop.call_soon_threadsafe(self._wake.set)
            except RuntimeError:  # the loop has just been closed
                logger.debug("A closed loop need not be hastened.")

    # --- the tail ----------------------------------------------------------------------------------------

    async def _run(self) -> None:
        listener = self._loop.create_task(pings.listen(self.hasten))
        try:
            while self.readers:
                try:
                    await self._round()
                except Exception:
                    # The database is away or busy: nothing has moved on, the next tick tries again.
                    logger.exception("A round of live delivery failed.")
                    await asyncio.sleep(TICK)
                await self._pause()
        finally:
            listener.cancel()

    async def _pause(self) -> None:
        try:
            async with asyncio.timeout(TICK):
                await self._wake.wait()
        except TimeoutError:
            pass
        self._wake.clear()

    async def _round(self) -> None:
        self._wake.clear()
        names = [*self.streams, *self.people]
        at = await database_sync_to_async(deliveries.heads)(names) if names else {}
        for name in self.people.keys() & at.keys():
            for reader in list(self.people.get(name, ())):
                if at[name] > reader.person_number:
                    reader.close(WHO_ARE_YOU)
        due = [
            follow
            for name in self.streams.keys() & at.keys()
            for follow in self.streams[name]
            if follow.number < at[name] and not follow.reader.stalled and not follow.reader.closing
        ]
        if due:
            for parcel in await database_sync_to_async(deliveries.deliver)(due, at):
                self._hand_over(parcel, at)
        await self._sweep()

    def _hand_over(self, parcel: Parcel, at: dict[str, int]) -> None:
        follow, reader = parcel.follow, parcel.follow.reader
        if reader.follows.get(follow.stream) is not follow:  # she has left in the meantime
            return
        if parcel.verdict is Verdict.OVER:
            reader.close(WHO_ARE_YOU)
        elif parcel.verdict is Verdict.REFUSED:
            self.unfollow(reader, follow.stream)
            reader.offer(encode({"refused": follow.stream}))
        else:
            for number, frame in parcel.frames:
                if frame is not None and not reader.offer(frame):
                    return
                follow.number = number
            if follow.number < at[follow.stream]:
                self._wake.set()

    async def _sweep(self) -> None:
        now = time.monotonic()
        if now - self._swept_at < SWEEP:
            return
        self._swept_at = now
        for reader in [reader for reader in self.readers if now - reader.heard_at > SILENCE]:
            reader.close(IDLE)
        for reader in await database_sync_to_async(_over)(list(self.readers)):
            reader.close(WHO_ARE_YOU)


def _drop(index: dict, name: str, member: object) -> None:
    members = index.get(name)
    if members is not None:
        members.discard(member)
        if not members:
            del index[name]


def _head_if_allowed(reader: Reader, name: str, language: str) -> int | None:
    viewer = Audience([reader]).viewer(reader, language)
    if viewer is None or not may_follow(name, viewer):
        return None
    return deliveries.heads([name]).get(name, 0)


def _over(readers: list[Reader]) -> list[Reader]:
    audience = Audience(readers)
    return [reader for reader in readers if audience.is_over(reader)]
