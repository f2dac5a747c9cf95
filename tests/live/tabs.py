"""A browser tab as the socket sees it, and what the tests of live pages say to it."""

import json

from asgiref.testing import ApplicationCommunicator
from django.contrib.auth import get_user_model
from django.db import transaction
from django.test import Client

from network.asgi import application
from network.outbox.actions import announce


def make_user(email="reader@example.org", **fields):
    return get_user_model().objects.create_user(email=email, password="a long password", **fields)


def session_of(user):
    client = Client()
    client.force_login(user)
    return client


def say(stream, word, kind="test.said"):
    with transaction.atomic():
        return announce(stream, kind, word=word)


class Tab:
    """One socket to the whole application: origin check, session, routing and all."""

    def __init__(self, client=None, origin=b"http://testserver", path="/ws/"):
        headers = [(b"host", b"testserver"), (b"origin", origin)]
        if client:
            headers.append((b"cookie", f"sessionid={client.cookies['sessionid'].value}".encode()))
        scope = {
            "type": "websocket",
            "path": path,
            "headers": headers,
            "query_string": b"",
            "subprotocols": [],
        }
        self.socket = ApplicationCommunicator(application, scope)

    async def connect(self):
        await self.socket.send_input({"type": "websocket.connect"})
        return (await self.socket.receive_output(timeout=5))["type"] == "websocket.accept"

    async def __aenter__(self):
        assert await self.connect()
        return self

    async def __aexit__(self, *args):
        await self.socket.send_input({"type": "websocket.disconnect", "code": 1000})
        await self.socket.wait(timeout=5)

    async def say(self, text):
        await self.socket.send_input({"type": "websocket.receive", "text": text})

    async def say_bytes(self, data):
        await self.socket.send_input({"type": "websocket.receive", "bytes": data})

    async def send(self, **said):
        await self.say(json.dumps(said))

    async def hear(self, timeout=3):
        event = await self.socket.receive_output(timeout=timeout)
        assert event["type"] == "websocket.send", event
        return json.loads(event["text"])

    async def words(self, count):
        return [(await self.hear())["html"].split()[0].removeprefix("<p>") for _ in range(count)]

    async def ended(self):
        """The code with which the server ends the socket, whatever it says before."""
        while (event := await self.socket.receive_output(timeout=3))["type"] == "websocket.send":
            pass
        assert event["type"] == "websocket.close"
        return event["code"]

    async def silent(self):
        return await self.socket.receive_nothing(timeout=0.3)

    async def follow(self, stream, after=None, language="en"):
        await self.send(follow=stream, after=after, language=language)
        return await self.hear()
