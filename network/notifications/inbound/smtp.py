"""The receiver: SMTP or LMTP, on loopback, behind a mail server that faces the world.

Whom nobody here is gets 550 with a sentence while the other server is still there to tell its sender; a
database that is away gets 451, and the mail comes again. Yes is said once the mail is written down.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlsplit

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session
from asgiref.sync import sync_to_async
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import close_old_connections
from django.utils import timezone

from network.notifications.addressing import host
from network.notifications.inbound import addresses, intake
from network.notifications.inbound.doors import lead_to

logger = logging.getLogger(__name__)
T = TypeVar("T")

#: In one conversation; a mail to more of our addresses than that is not a person's.
_MOST_RECIPIENTS = 20
_LATER = "451 4.3.0 We cannot take mail at the moment. Try again later."
_UNKNOWN = (
    "550 5.1.1 Nobody has this address here. Answer the newest mail of the thread, or write on the site."
)
_RELAY = "550 5.7.1 We take mail for our own addresses only."


@dataclass(frozen=True)
class Place:
    """Where mail is received, and in which tongue."""

    is_lmtp: bool
    host: str
    port: int

    @classmethod
    def read(cls, url: str) -> "Place":
        parts = urlsplit(url)
        try:
            port = parts.port
        except ValueError:
            port = None
        if parts.scheme not in ("smtp", "lmtp") or not parts.hostname or port is None:
            raise ImproperlyConfigured(
                f"MAIL_IN_LISTEN={url!r} is not understood. Use smtp://127.0.0.1:8025 or lmtp://127.0.0.1:8024."
            )
        return cls(parts.scheme == "lmtp", parts.hostname, port)


class LongLines:
    """Lines longer than a mail may have are read all the same: some programs write them."""

    line_length_limit = 1024 * 1024


class SmtpConversation(LongLines, SMTP):
    pass


class LmtpConversation(LongLines, LMTP):
    pass


class Receiver:
    """What is said to a mail server; ``is_lmtp``: it wants one answer for each recipient."""

    def __init__(self, is_lmtp: bool) -> None:
        self._is_lmtp = is_lmtp

    async def handle_RCPT(
        self, server: Any, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if addresses.split(address) is None:
            return _RELAY
        if len(envelope.rcpt_tos) >= _MOST_RECIPIENTS:
            return "452 4.5.3 Too many recipients for one mail."
        try:
            known = await _in_thread(lambda: lead_to(address) is not None)
        except Exception as error:  # whatever it is, the mail comes again
            logger.error("An address could not be looked up: %s.", type(error).__name__)
            return _LATER
        if not known:
            return _UNKNOWN
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Welcome"

    async def handle_DATA(self, server: Any, session: Session, envelope: Envelope) -> str:
        received_at = timezone.now()
        said = [await self._keep(envelope, recipient, received_at) for recipient in envelope.rcpt_tos]
        if self._is_lmtp:
            return "\r\n".join(said)
        # One answer for all: what was kept already is known when it comes again.
        return next((answer for answer in said if not answer.startswith("250")), said[0])

    async def _keep(self, envelope: Envelope, recipient: str, received_at: Any) -> str:
        content = envelope.content
        if not isinstance(content, bytes):
            return "554 5.6.0 This is no mail."
        try:
            await _in_thread(
                lambda: intake.keep(
                    content=content,
                    recipient=recipient,
                    envelope_from=envelope.mail_from or "",
                    received_at=received_at,
                )
            )
        except Exception as error:  # the class alone: its text may hold what somebody wrote
            logger.error("A mail could not be kept: %s.", type(error).__name__)
            return _LATER
        return "250 2.0.0 Taken"


async def serve(place: Place, ready: Callable[[int], None] = lambda port: None) -> None:
    """Receive until cancelled; ``ready`` is told the port."""
    conversation = LmtpConversation if place.is_lmtp else SmtpConversation
    receiver = Receiver(place.is_lmtp)

    def begin() -> SMTP:
        return conversation(
            receiver,
            data_size_limit=settings.MAIL_IN_MAX_SIZE,
            hostname=host(),
            ident="Network mail",
            enable_SMTPUTF8=True,
            timeout=120,
        )

    server = await asyncio.get_running_loop().create_server(begin, place.host, place.port)
    async with server:
        ready(server.sockets[0].getsockname()[1])
        await server.serve_forever()


async def _in_thread(deed: Callable[[], T]) -> T:
    return await sync_to_async(lambda: _with_fresh_connection(deed))()


def _with_fresh_connection(deed: Callable[[], T]) -> T:
    """A connection that broke is not kept for the next mail."""
    close_old_connections()
    try:
        return deed()
    finally:
        close_old_connections()
