"""Sealed files: chunks, each encrypted for its place, so that a range opens only what it needs.

A chunk is bound to item, part, language, file, the length of the whole and its own number: one that is
missing, moved or taken from another file does not open. Only ``network.consent.gate`` may import this module.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from django.core.files.base import File

from network.consent import keyring, vault

CHUNK = 64 * 1024


class Unreadable(Exception):
    """A sealed file is gone, or not what was sealed there."""


def seal(key: bytes, place: bytes, content: bytes) -> Iterator[bytes]:
    size = len(content)
    for number in range(_count(size)):
        plain = content[number * CHUNK : (number + 1) * CHUNK]
        yield keyring.encrypt(key, plain, _bound(place, size, number))


@dataclass(frozen=True)
class SealedFile:
    """A file that may be read: its bytes are opened as they are asked for, in order, from any place on."""

    key: bytes = field(repr=False)
    place: bytes
    path: str
    size: int
    media_type: str

    def __iter__(self) -> Iterator[bytes]:
        return self.between(0, self.size)

    def between(self, start: int, stop: int) -> Iterator[bytes]:
        """The bytes from ``start`` up to ``stop``. Raises ``Unreadable`` where something was changed."""
        try:
            with vault.open_sealed(self.path) as sealed:
                for number in range(start // CHUNK, _count(min(stop, self.size))):
                    first = number * CHUNK
                    yield self._chunk(sealed, number)[max(start - first, 0) : stop - first]
        except (InvalidTag, ValueError, OSError) as error:
            raise Unreadable(type(error).__name__) from None

    def _chunk(self, sealed: File, number: int) -> bytes:
        sealed.seek(number * (CHUNK + keyring.OVERHEAD))
        return keyring.decrypt(
            self.key, sealed.read(CHUNK + keyring.OVERHEAD), _bound(self.place, self.size, number)
        )


def _count(size: int) -> int:
    return max(1, -(-size // CHUNK))


def _bound(place: bytes, size: int, number: int) -> bytes:
    return place + f":{size}:{number}".encode()
