"""WebM as browsers record it: what playing does not need becomes empty space (``Void``), in its place.

Titles, dates, tags, names of tracks, chapters and attached files go; sound and its clock stay.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from network.consent.ingest.exceptions import NotClean

_EBML, _SEGMENT, _CLUSTER = 0x1A45DFA3, 0x18538067, 0x1F43B675
_DOC_TYPE, _TRACK_TYPE, _CODEC = 0x4282, 0x83, 0x86
_VOID = 0xEC
_BLANKED = "blanked"  # must be there, and may be empty
_SOUND = 2
_CODECS = {b"A_OPUS", b"A_PCM/FLOAT/IEEE"}

#: What may stand where: a master with its own, ``None`` for what stays. Everything else becomes void.
_CUES = {0xBB: {0xB3: None, 0xB7: {0xF7: None, 0xF1: None, 0xF0: None, 0xB2: None, 0x5378: None}}}
_TRACK: dict[int, Any] = {
    0xD7: None, 0x73C5: None, _TRACK_TYPE: None, 0xB9: None, 0x88: None, 0x55AA: None, 0x9C: None,
    0x6DE7: None, 0x6DF8: None, 0x23E383: None, 0x22B59C: None, _CODEC: None, 0x63A2: None, 0x56AA: None,
    0x56BB: None, 0x55EE: None, 0xE1: {0xB5: None, 0x78B5: None, 0x9F: None, 0x6264: None},
}  # fmt: skip
_INSIDE_SEGMENT: dict[int, Any] = {
    0x114D9B74: {0x4DBB: {0x53AB: None, 0x53AC: None}},
    0x1549A966: {0x2AD7B1: None, 0x4489: None, 0x4D80: _BLANKED, 0x5741: _BLANKED},
    0x1654AE6B: {0xAE: _TRACK},
    _CLUSTER: {
        0xE7: None, 0xA3: None, 0xA7: None, 0xAB: None,
        0xA0: {0xA1: None, 0x9B: None, 0xFB: None, 0x75A2: None},
    },
    0x1C53BB6B: _CUES,
}  # fmt: skip
_OPENING: dict[int, Any] = dict.fromkeys((0x4286, 0x42F7, 0x42F2, 0x42F3, _DOC_TYPE, 0x4287, 0x4285))
#: Beginnings of what stands directly in the segment: one of them ends a cluster of unknown length.
_LEVEL_1 = {*_INSIDE_SEGMENT, 0x1254C367, 0x1043A770, 0x1941A469}


def is_one(start: bytes) -> bool:
    return start[:4] == b"\x1a\x45\xdf\xa3"


def clean(content: bytes) -> bytes | None:
    if not is_one(content):
        return None
    recording = _Recording(bytearray(content))
    end = recording.clean()
    if recording.doc_type != b"webm" or set(recording.tracks) != {_SOUND} or not recording.codecs <= _CODECS:
        raise NotClean(_("This file is not sound as browsers record it. Save the sound alone as Ogg."))
    return bytes(recording.data[:end])


class _Recording:
    """The bytes of a file while they are cleaned, and what was met on the way."""

    def __init__(self, data: bytearray) -> None:
        self.data = data
        self.doc_type = b""
        self.tracks: list[int] = []
        self.codecs: set[bytes] = set()

    def clean(self) -> int:
        """Where the one segment of the file ends; what comes after it is cut off."""
        _id, body, end = self._element(0)
        self._walk(body, end if end is not None else self._broken(), _OPENING)
        found, body, until = self._element(end)
        if found != _SEGMENT:
            self._broken()
        limit = len(self.data) if until is None else min(until, len(self.data))
        return self._walk(body, limit, _INSIDE_SEGMENT, is_open=True)

    def _walk(self, start: int, end: int, kept: Mapping[int, Any], is_open: bool = False) -> int:
        """Clean what stands between ``start`` and ``end``; where the last whole element ends.

        An open one, as a stream leaves it, ends where nothing whole follows; any other has to be full.
        """
        at = start
        while at < end:
            found, body, until = self._element(at)
            ends_here = is_open and kept is not _INSIDE_SEGMENT and found in _LEVEL_1
            whole = found and (until is None or until <= end)
            if ends_here or (is_open and not whole):
                break
            if not whole:
                self._broken()
            at = self._one(found, at, body, until, end, kept)
        return at

    def _one(
        self, found: int, at: int, body: int, until: int | None, end: int, kept: Mapping[int, Any]
    ) -> int:
        rule = kept.get(found, _VOID)
        if until is None:
            if found != _CLUSTER or rule == _VOID:
                self._broken()
            return self._walk(body, end, rule, is_open=True)
        if rule == _VOID:
            self._void(at, until)
        elif rule == _BLANKED:
            self.data[body:until] = bytes(until - body)
        elif rule is None:
            self._notice(found, bytes(self.data[body:until]) if until - body <= 40 else b"")
        else:
            self._walk(body, until, rule)
        return until

    def _notice(self, found: int, value: bytes) -> None:
        if found == _DOC_TYPE:
            self.doc_type = value.rstrip(b"\0")
        elif found == _TRACK_TYPE:
            self.tracks.append(int.from_bytes(value, "big"))
        elif found == _CODEC:
            self.codecs.add(value.rstrip(b"\0"))

    def _element(self, at: int) -> tuple[int, int, int | None]:
        """Its name, where its content begins and ends (``None``: unknown); name 0 if there is none."""
        name, width = self._number(at, 4, keep_mark=True)
        size, size_width = self._number(at + width, 8, keep_mark=False)
        body = at + width + size_width
        if not width or not size_width:
            return 0, at, at
        unknown = size == (1 << 7 * size_width) - 1
        return name, body, None if unknown else body + size

    def _number(self, at: int, widest: int, *, keep_mark: bool) -> tuple[int, int]:
        """A number whose first bits tell its width; (0, 0) where there is none."""
        first = self.data[at] if at < len(self.data) else 0
        width = 9 - first.bit_length()
        if not first or width > widest or at + width > len(self.data):
            return 0, 0
        number = int.from_bytes(self.data[at : at + width], "big")
        return number if keep_mark else number & (1 << 7 * width) - 1, width

    def _void(self, at: int, until: int) -> None:
        length = until - at
        if length - 2 <= 126:
            header = bytes([_VOID, 0x80 | length - 2])
        else:
            header = bytes([_VOID, 0x01]) + (length - 9).to_bytes(7, "big")
        self.data[at:until] = header + bytes(length - len(header))

    def _broken(self) -> int:
        raise NotClean(_("This WebM file is not whole. Save it again."))
