"""Ogg with Opus or Vorbis: the headers are written anew without comments, the pages of sound follow.

Comments hold title, place, names, pictures. Each page carries its number and a checksum: both are made again.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from network.consent.ingest.exceptions import NotClean

_MARK = b"OggS"
_HEADER = struct.Struct("<4sBBqIIIB")
_CONTINUED, _FIRST, _LAST = 1, 2, 4
_MOST_SEGMENTS = 255


@dataclass(frozen=True)
class Page:
    flags: int
    position: int
    serial: int
    number: int
    lacing: bytes
    body: bytes

    def written(self) -> bytes:
        page = self._with_checksum(0)
        return self._with_checksum(_checksum(page))

    def _with_checksum(self, checksum: int) -> bytes:
        header = _HEADER.pack(
            _MARK, 0, self.flags, self.position, self.serial, self.number, checksum, len(self.lacing)
        )
        return header + self.lacing + self.body


def is_one(start: bytes) -> bool:
    return start[:4] == _MARK


def clean(content: bytes) -> bytes | None:
    if not is_one(content):
        return None
    pages = _one_stream(content)
    first = next(pages, None)
    if first is None:
        return None
    told = _headers(first, pages)
    written = [*_paged(told[:1], first.serial, 0), *_paged(told[1:], first.serial, 1)]
    for page in pages:
        written.append(replace(page, number=len(written)))
    return b"".join(page.written() for page in written)


def _one_stream(content: bytes) -> Iterator[Page]:
    """The pages of the one recording in the file, up to its last. More than one is no recording of ours."""
    serial = None
    for page in _pages(content):
        if page.flags & _FIRST and serial is not None:
            raise NotClean(_("This file holds more than one recording. Save each by itself."))
        serial = page.serial if serial is None else serial
        if page.serial == serial:
            yield page
            if page.flags & _LAST:
                return


def _pages(content: bytes) -> Iterator[Page]:
    """Whole pages with a right checksum; what stands between them is passed over."""
    at = content.find(_MARK)
    while at >= 0:
        page, length = _page(content, at)
        if page:
            yield page
        at = content.find(_MARK, at + (length if page else 1))


def _page(content: bytes, at: int) -> tuple[Page | None, int]:
    if at + _HEADER.size > len(content):
        return None, 0
    _mark, version, flags, position, serial, number, checksum, segments = _HEADER.unpack_from(content, at)
    start = at + _HEADER.size
    lacing = content[start : start + segments]
    end = start + segments + sum(lacing)
    if version or len(lacing) < segments or end > len(content):
        return None, 0
    page = Page(flags, position, serial, number, lacing, content[start + segments : end])
    if _checksum(page._with_checksum(0)) != checksum:
        return None, 0
    return page, end - at


def _headers(first: Page, pages: Iterator[Page]) -> list[bytes]:
    """The packets that tell how to play it: what names its maker or its maker's words is left empty."""
    if first.body.startswith(b"OpusHead"):
        (_tags,) = _packets(pages, 1)
        return [_opus_head(first.body), b"OpusTags" + bytes(8)]
    if first.body.startswith(b"\x01vorbis") and len(first.body) == 30:
        _comments, setup = _packets(pages, 2)
        return [first.body, b"\x03vorbis" + bytes(8) + b"\x01", setup]
    raise NotClean(_("This Ogg file is neither Opus nor Vorbis. Save the sound alone as one of these."))


def _opus_head(packet: bytes) -> bytes:
    length = 19 if len(packet) > 18 and packet[18] == 0 else 21 + packet[9]
    return packet[:length]


def _packets(pages: Iterator[Page], wanted: int) -> list[bytes]:
    """The next packets, which end together with a page."""
    packets: list[bytes] = []
    unfinished = b""
    for page in pages:
        at = 0
        for size in page.lacing:
            unfinished += page.body[at : at + size]
            at += size
            if size < _MOST_SEGMENTS:
                packets.append(unfinished)
                unfinished = b""
        if len(packets) >= wanted:
            break
    if len(packets) != wanted or unfinished:
        raise NotClean(_("This Ogg file is not whole. Save it again."))
    return packets


def _paged(packets: list[bytes], serial: int, number: int) -> Iterator[Page]:
    lacing = b"".join(b"\xff" * (len(packet) // 255) + bytes([len(packet) % 255]) for packet in packets)
    body = b"".join(packets)
    at = 0
    for start in range(0, len(lacing), _MOST_SEGMENTS):
        segments = lacing[start : start + _MOST_SEGMENTS]
        length = sum(segments)
        continued = _CONTINUED if start and lacing[start - 1] == 255 else 0
        flags = continued | (_FIRST if number == 0 else 0)
        ends_a_packet = any(size < 255 for size in segments)
        yield Page(flags, 0 if ends_a_packet else -1, serial, number, segments, body[at : at + length])
        at, number = at + length, number + 1


_REVERSED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))


def _checksum(page: bytes) -> int:
    """Ogg's checksum is zlib's with every bit the other way round, and nothing turned over at the ends."""
    mirrored = zlib.crc32(page.translate(_REVERSED), 0xFFFFFFFF) ^ 0xFFFFFFFF
    return int(f"{mirrored:032b}"[::-1], 2)
