"""What of a mail's head may be believed: what our own front mail server wrote (``MAIL_IN_FRONT``).

Whoever sends a mail can write any line into its head. A front server adds its lines on top, and takes out
those that claim its name. So only the topmost line that bears its name counts.
"""

import re
from datetime import UTC, datetime, timedelta
from email.message import Message
from email.utils import parsedate_to_datetime
from enum import Enum

from django.conf import settings

from network.notifications.inbound.charsets import header

_BY = re.compile(r"\bby\s+([\w.-]+)", re.IGNORECASE)
_RESULT = re.compile(r"\b(dmarc|dkim|spf)\s*=\s*([a-z]+)([^;]*)", re.IGNORECASE)
_DOMAIN = re.compile(
    r"\b(?:header\.(?:d|i|from)|smtp\.(?:mailfrom|helo))\s*=\s*\"?(?:[^\s;\"@]*@)?([\w.-]+)", re.I
)
_COMMENT = re.compile(r"\([^()]*\)")
#: No line of a head is longer that anybody reads.
_LONGEST = 20_000


class Proof(Enum):
    """What the front server says of the sender."""

    PASSED = "passed"
    FAILED = "failed"
    NONE = "none"


def arrived_at(message: Message, received_at: datetime) -> datetime:
    """When our front server had the mail; without one, when we had it. Never later than that."""
    for line in message.get_all("Received", []):
        text = header(line)[:_LONGEST]
        by = _BY.search(text)
        if settings.MAIL_IN_FRONT and by and by.group(1).lower() == settings.MAIL_IN_FRONT:
            told = _instant(text.rpartition(";")[2])
            return min(told, received_at) if told else received_at
    return received_at


def counts_at(message: Message, arrived_at: datetime) -> datetime:
    """The hour that counts for whoever wrote: when she sent it by her own clock, where that is only a little
    before it arrived."""
    told = _instant(header(message["Date"])[:200])
    tolerance = timedelta(minutes=settings.MAIL_IN_TOLERANCE_MINUTES)
    return told if told and arrived_at - tolerance <= told <= arrived_at else arrived_at


def proof_of(message: Message, sender: str) -> Proof:
    """What the front server found out about the domain of ``sender`` (RFC 8601)."""
    domain = sender.rpartition("@")[2]
    for line in message.get_all("Authentication-Results", []):
        text = _COMMENT.sub(" ", header(line)[:_LONGEST])
        server, _semicolon, results = text.partition(";")
        if settings.MAIL_IN_FRONT and server.split()[:1] == [settings.MAIL_IN_FRONT]:
            return _weighed(results, domain)
    return Proof.NONE


def _weighed(results: str, domain: str) -> Proof:
    """DMARC says it outright; else a signature or a path that belongs to the very domain proves it."""
    found = [(name.lower(), value.lower(), rest) for name, value, rest in _RESULT.findall(results)]
    said = {value for name, value, _rest in found if name == "dmarc"}
    if "pass" in said:
        return Proof.PASSED
    if "fail" in said:
        return Proof.FAILED
    for name, value, rest in found:
        if value == "pass" and name in ("dkim", "spf") and _is_aligned(rest, domain):
            return Proof.PASSED
    values = {value for name, value, _rest in found if name == "spf"}
    return Proof.FAILED if values & {"fail", "softfail"} else Proof.NONE


def _is_aligned(rest: str, domain: str) -> bool:
    return any(
        domain == proven.lower() or (domain.endswith(f".{proven.lower()}") and proven.count(".") > 0)
        for proven in _DOMAIN.findall(rest)
    )


def _instant(text: str) -> datetime | None:
    try:
        told = parsedate_to_datetime(text.strip())
        return (told if told.tzinfo else told.replace(tzinfo=UTC)).astimezone(UTC)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
