"""The socket of one browser tab, at ``/ws/``."""

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from channels.db import database_sync_to_async
from django.contrib.auth import HASH_SESSION_KEY

from network.live import hub
from network.live.deliveries import heads
from network.live.messages import encode
from network.live.protocol import (
    MAX_FRAME,
    MAX_STREAMS,
    NotUnderstood,
    Ping,
    Subscribe,
    Unsubscribe,
    parse,
)
from network.live.readers import FLOOD, TOO_BIG, Close, Reader, Rest

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

#: A tab may say this much in this many seconds: all its streams at once, and a ping now and then.
_FRAMES, _SECONDS = 3 * MAX_STREAMS, 10.0


async def live_socket(scope: Scope, receive: Receive, send: Send) -> None:
    """One connection, from its first frame to its last.

    A plain ASGI application: Channels' consumers open a channel of the channel layer for each connection,
    which nothing here would ever write to.
    """
    if (await receive())["type"] != "websocket.connect":
        return
    await send({"type": "websocket.accept"})
    reader = await database_sync_to_async(_reader)(scope)
    reader.send = partial(_send, send)
    hub.local().join(reader)
    writer = asyncio.create_task(_write(reader, send))
    try:
        await _listen(reader, receive)
    finally:
        hub.local().leave(reader)
        writer.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await writer


async def no_such_socket(scope: Scope, receive: Receive, send: Send) -> None:
    """Any other address."""
    await receive()
    await send({"type": "websocket.close"})


def _reader(scope: Scope) -> Reader:
    user = scope["user"]
    if not user.is_authenticated:
        return Reader()
    session = scope["session"]
    reader = Reader(user.pk, session.session_key, session[HASH_SESSION_KEY])
    reader.person_number = heads([reader.person_stream]).get(reader.person_stream, 0)
    return reader


async def _send(send: Send, frame: str) -> None:
    await send({"type": "websocket.send", "text": frame})


async def _write(reader: Reader, send: Send) -> None:
    """Send what has to wait, at the pace of this one client."""
    with contextlib.suppress(OSError):  # she has gone; the listener hears of it too
        while True:
            reader.is_writing = False
            frame = await reader.queue.get()
            reader.is_writing = True
            if isinstance(frame, Close):
                await send({"type": "websocket.close", "code": frame.code})
                return
            await (frame if isinstance(frame, Rest) else _send(send, frame))
            if reader.stalled and reader.queue.empty():
                reader.stalled = False
                hub.local().hasten()


async def _listen(reader: Reader, receive: Receive) -> None:
    window, frames = time.monotonic(), 0
    while (event := await receive())["type"] != "websocket.disconnect":
        reader.heard_at = time.monotonic()
        if reader.heard_at - window > _SECONDS:
            window, frames = reader.heard_at, 0
        frames += 1
        text = event.get("text")
        if frames > _FRAMES:
            reader.close(FLOOD)
        elif len(text or event.get("bytes") or "") > MAX_FRAME:
            reader.close(TOO_BIG)
        elif not reader.closing:
            await _answer(reader, text)


async def _answer(reader: Reader, text: str | None) -> None:
    try:
        if text is None:
            raise NotUnderstood("Send text.")
        said = parse(text)
    except NotUnderstood as reason:
        reader.offer(encode({"error": str(reason)}))
        return
    match said:
        case Ping():
            reader.offer(encode({"pong": True}))
        case Unsubscribe(stream):
            hub.local().unfollow(reader, stream)
        case Subscribe(stream, after, language):
            if len(reader.follows) >= MAX_STREAMS and stream not in reader.follows:
                reader.offer(encode({"refused": stream}))
            else:
                await hub.local().follow(reader, stream, after, language)
