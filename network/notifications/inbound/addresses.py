"""Addresses that stand for something: ``reply+<token>@domain``, made by us and by nobody else.

A token holds a few numbers and a mark of 80 bits that only this installation can make (HMAC-SHA256). It is
written in letters and digits that survive a change of case, and stays below the 64 letters of a local part.
What an address allows is for its door to ask when a mail comes: an address is no secret key, see
``docs/decisions/mail-addresses-and-trust.md``.
"""

import base64
import binascii
import hashlib
import hmac

from django.conf import settings

from network.foundations.secrets import derive

#: Letters and digits of the longest local part (RFC 5321).
LONGEST_LOCAL = 64
_MARK = 10
_BIGGEST = 2**63


def is_on() -> bool:
    """Whether this installation takes mail at all."""
    return bool(settings.MAIL_IN_DOMAIN)


def make(kind: str, *numbers: int) -> str:
    """The whole address of ``kind`` for these numbers; empty where no mail is taken."""
    return make_plain(local(kind, *numbers))


def make_plain(local: str) -> str:
    """The whole address of a local part that holds no token; empty where no mail is taken."""
    return f"{local}@{settings.MAIL_IN_DOMAIN}" if is_on() else ""


def local(kind: str, *numbers: int) -> str:
    packed = b"".join(_packed(number) for number in numbers)
    token = base64.b32encode(packed + _mark(kind, packed)).decode().rstrip("=").lower()
    return f"{kind}+{token}"


def read(kind: str, local: str) -> tuple[int, ...] | None:
    """The numbers in a local part that we made for ``kind``; None for everything else."""
    prefix, plus, token = local.lower().partition("+")
    if prefix != kind or not plus or len(local) > LONGEST_LOCAL:
        return None
    try:
        raw = base64.b32decode(token.upper() + "=" * (-len(token) % 8))
    except (binascii.Error, ValueError):
        return None
    packed, mark = raw[:-_MARK], raw[-_MARK:]
    if not hmac.compare_digest(mark, _mark(kind, packed)):
        return None
    return _unpacked(packed)


def split(address: str) -> str | None:
    """The local part of an address in our domain, in small letters; None for another domain."""
    name, at, domain = address.strip().strip("<>").lower().rpartition("@")
    return name if at and is_on() and domain == settings.MAIL_IN_DOMAIN else None


def _mark(kind: str, packed: bytes) -> bytes:
    key = derive("network.notifications addresses")
    return hmac.new(key, kind.encode() + b"\x00" + packed, hashlib.sha256).digest()[:_MARK]


def _packed(number: int) -> bytes:
    """Seven bits a byte, the last byte without its highest bit."""
    if not 0 <= number < _BIGGEST:
        raise ValueError("Only numbers of rows stand in an address.")
    parts = [number & 0x7F]
    while number := number >> 7:
        parts.append(number & 0x7F | 0x80)
    return bytes(reversed(parts))


def _unpacked(packed: bytes) -> tuple[int, ...]:
    numbers, value = [], 0
    for byte in packed:
        value = value << 7 | byte & 0x7F
        if not byte & 0x80:
            numbers.append(value)
            value = 0
    return tuple(numbers)
