"""M4A and other MP4 with sound alone: boxes that playing does not need become empty space, in their place.

Nothing moves, so every offset in the file stays right. The clock in the headers and the names of those who
handled it are blanked too.
"""

import struct
from collections.abc import Iterator

from django.utils.translation import gettext as _

from network.consent.ingest.exceptions import NotClean

#: What may stand in which box; everything else becomes ``free``.
_KEPT: dict[bytes, set[bytes]] = {
    b"": {b"ftyp", b"styp", b"moov", b"moof", b"mdat", b"sidx", b"mfra"},
    b"moov": {b"mvhd", b"trak", b"mvex"},
    b"trak": {b"tkhd", b"edts", b"mdia"},
    b"edts": {b"elst"},
    b"mdia": {b"mdhd", b"hdlr", b"minf"},
    b"minf": {b"smhd", b"dinf", b"stbl"},
    b"dinf": {b"dref"},
    b"stbl": {
        b"stsd", b"stts", b"ctts", b"stsc", b"stsz", b"stz2", b"stco", b"co64", b"stss", b"sgpd", b"sbgp",
        b"sdtp", b"cslg",
    },
    b"mvex": {b"mehd", b"trex"},
    b"moof": {b"mfhd", b"traf"},
    b"traf": {b"tfhd", b"tfdt", b"trun", b"sgpd", b"sbgp", b"sdtp"},
    b"mfra": {b"tfra", b"mfro"},
}  # fmt: skip
#: Headers that tell when it was made: two numbers behind version and flags.
_DATED = {b"mvhd", b"tkhd", b"mdhd"}
_SOUNDS = {b"mp4a", b"alac", b"Opus"}
_DEEPEST = 6


def is_one(start: bytes) -> bool:
    return start[4:8] == b"ftyp"


def clean(content: bytes) -> bytes | None:
    if not is_one(content):
        return None
    data = bytearray(content)
    end, handlers = _walk(data, 0, len(data), b"", 0)
    if not handlers:
        raise NotClean(_("This file holds no sound that we can read."))
    if set(handlers) != {b"soun"}:
        raise NotClean(_("This file holds more than sound. Save the sound alone."))
    return bytes(data[:end])


def _walk(data: bytearray, start: int, end: int, parent: bytes, depth: int) -> tuple[int, list[bytes]]:
    """Clean the boxes between ``start`` and ``end``: where the last one ends, and what the tracks are."""
    handlers: list[bytes] = []
    at = start
    while at + 8 <= end:
        size, name, header = _box(data, at)
        if size < header or at + size > end:
            break
        inside = at + header
        if name not in _KEPT[parent]:
            _blank(data, at, size, header)
        elif name in _KEPT and depth < _DEEPEST:
            stopped, found = _walk(data, inside, at + size, name, depth + 1)
            handlers += found
            data[stopped : at + size] = bytes(at + size - stopped)
        else:
            handlers += _leaf(data, name, inside, at + size)
        at += size
    return at, handlers


def _box(data: bytearray, at: int) -> tuple[int, bytes, int]:
    size, name = struct.unpack_from(">I4s", data, at)
    if size == 1 and at + 16 <= len(data):
        return struct.unpack_from(">Q", data, at + 8)[0], name, 16
    return size, name, 8


def _blank(data: bytearray, at: int, size: int, header: int) -> None:
    data[at + 4 : at + 8] = b"free"
    data[at + header : at + size] = bytes(size - header)


def _leaf(data: bytearray, name: bytes, inside: int, end: int) -> Iterator[bytes]:
    if name in _DATED:
        length = 16 if data[inside : inside + 1] == b"\x01" else 8
        dates = slice(inside + 4, min(inside + 4 + length, end))
        data[dates] = bytes(dates.stop - dates.start)
    elif name == b"hdlr":
        yield bytes(data[inside + 8 : inside + 12])
        if end > inside + 24:
            data[inside + 24 : end] = bytes(end - inside - 24)
    elif name == b"stsd" and bytes(data[inside + 12 : inside + 16]) not in _SOUNDS:
        raise NotClean(_("This file holds no sound that we can read. Save it as AAC."))
    elif name == b"dref":
        _check_self_contained(data, inside, end)


def _check_self_contained(data: bytearray, inside: int, end: int) -> None:
    """Sound that is elsewhere is told by an address: none may stand here."""
    at = inside + 8
    while at + 12 <= end:
        size, _name, header = _box(data, at)
        if size < header + 4 or at + size > end or not data[at + header + 3] & 1:
            raise NotClean(_("This file points to sound in another file. Save it whole."))
        data[at + header + 4 : at + size] = bytes(size - header - 4)
        at += size
