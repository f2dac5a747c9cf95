"""A word across processes that something was announced. It only hastens: the hubs look each second anyway."""

import asyncio
import json
import logging
from collections.abc import Callable, Iterable
from functools import cache

from django.conf import settings
from redis import Redis, RedisError
from redis import asyncio as redis_asyncio

logger = logging.getLogger(__name__)

CHANNEL = "network.live"
#: Seconds until a lost Redis is tried again.
_RETRY = 5.0


@cache
def _redis(url: str) -> Redis:
    return Redis.from_url(url, socket_timeout=0.5, socket_connect_timeout=0.5)


def send(streams: Iterable[str]) -> None:
    """Tell the other processes; a Redis that is away costs a second of delay and nothing else."""
    if not settings.REDIS_URL:
        return
    try:
        _redis(settings.REDIS_URL).publish(CHANNEL, json.dumps(sorted(streams)))
    except RedisError as error:
        logger.warning("Live pages wait for their tick, Redis does not answer: %s.", type(error).__name__)


async def listen(heard: Callable[[frozenset[str]], None]) -> None:
    """Call ``heard`` with the names in each word from another process, until cancelled."""
    while settings.REDIS_URL:
        connection = redis_asyncio.Redis.from_url(settings.REDIS_URL, socket_timeout=None)
        try:
            async with connection.pubsub() as subscription:
                await subscription.subscribe(CHANNEL)
                async for word in subscription.listen():
                    if word["type"] == "message":
                        heard(frozenset(json.loads(word["data"])))
        except (RedisError, OSError) as error:
            logger.warning("Live pages wait for their tick, Redis does not answer: %s.", type(error).__name__)
            await asyncio.sleep(_RETRY)
        finally:
            await connection.aclose()
