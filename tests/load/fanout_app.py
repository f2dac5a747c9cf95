"""Two servers for ``fanout.py``: the network with a stream for everyone, and the least that does the same."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "network.settings.dev")

from network.asgi import application as network
from network.live.streams import LiveMessage, LiveStream, streams

POST = "<article>" + "Seedlings that survive the first monsoon stand deeper. " * 9 + "</article>"

streams.register(
    "load",
    LiveStream(may_follow=lambda viewer, key: True, render=lambda entry, viewer: LiveMessage(html=POST)),
)

_sockets: set = set()


async def bare(scope, receive, send):
    """Writes one prepared message to each socket in turn when one of them says anything but hello."""
    if scope["type"] != "websocket":
        return
    await receive()
    await send({"type": "websocket.accept"})
    _sockets.add(send)
    try:
        while (event := await receive())["type"] != "websocket.disconnect":
            if event.get("text") == "go":
                for each in list(_sockets):
                    await each({"type": "websocket.send", "text": POST})
    finally:
        _sockets.discard(send)


__all__ = ["bare", "network"]
