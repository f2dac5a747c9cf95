"""Whether the network can do its work: parts that rooms declare, asked one by one."""

import asyncio
import hmac
import ipaddress
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.conf import settings
from django.db import connections
from django.http import HttpRequest

from network.foundations.registry import Registry


class Unready(Exception):
    """The part cannot do its work; the text says why, for those who run the network."""


#: Name of a part to a question: it returns how the part is, or raises ``Unready`` or anything else.
probes: Registry[Callable[[], str]] = Registry("readiness probes")


@dataclass(frozen=True)
class Part:
    name: str
    ready: bool
    detail: str


def parts() -> list[Part]:
    """Every part as it is now: each database, the channel layer, and what rooms have registered."""
    questions = [(f"database {alias}", _database(alias)) for alias in connections]
    questions += [("channel layer", _channel_layer), *probes.items()]
    return [_ask(name, question) for name, question in questions]


def _ask(name: str, question: Callable[[], str]) -> Part:
    try:
        return Part(name, True, question())
    except Unready as error:
        return Part(name, False, str(error))
    except Exception as error:  # whatever breaks there, the answer here is that it does not work
        return Part(name, False, type(error).__name__)


def _database(alias: str) -> Callable[[], str]:
    def answer() -> str:
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
        return "answers"

    return answer


def _channel_layer() -> str:
    """A message goes out and comes back. In a thread of its own, where no event loop runs yet."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(async_to_sync(_round_trip)).result(timeout=5)


async def _round_trip() -> str:
    layer = get_channel_layer()
    if layer is None:
        raise Unready("no channel layer is configured")
    channel = await layer.new_channel("ready")
    await layer.send(channel, {"type": "ready"})
    try:
        await asyncio.wait_for(layer.receive(channel), timeout=3)
    except TimeoutError:
        raise Unready("a message did not come back within 3 s") from None
    return "a message went round"


def may_look_inside(request: HttpRequest) -> bool:
    """Details are for this machine and for who holds the token.

    Behind a proxy on the same machine everybody comes from here, so a forwarded request does not count.
    """
    token = settings.METRICS_TOKEN
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token and hmac.compare_digest(given.encode(), token.encode()):
        return True
    if any(name in request.headers for name in ("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via")):
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
