"""MP3 and AAC as they come, frame after frame: the frames stay, whatever stands around them goes.

So go ID3 in all its versions, APE tags, lyrics, pictures, and what was appended.
"""

from collections.abc import Callable, Iterator

#: How long the frame is that begins at a place, and what all frames of one recording share; (0, 0) if none.
Look = Callable[[bytes, int], tuple[int, int]]

_NONE = (0, 0)
#: So many frames in a row are no accident.
_IN_A_ROW = 3
_FARTHEST_START = 64 * 1024


def is_one(start: bytes) -> bool:
    begins = start[:3] == b"ID3" or (start[:1] == b"\xff" and len(start) > 1 and start[1] & 0xE0 == 0xE0)
    return begins and start[:2] not in (b"\xff\xfe", b"\xff\xff")


def clean_mpeg(content: bytes) -> bytes | None:
    kept = [frame for number, frame in enumerate(_frames(content, _mpeg)) for frame in _told(frame, number)]
    return b"".join(kept) or None


def clean_adts(content: bytes) -> bytes | None:
    return b"".join(_frames(content, _adts)) or None


def _frames(content: bytes, look: Look) -> Iterator[bytes]:
    """The frames of one recording. Between them one is believed only if another of its kind follows."""
    at, shared = _start(content, look)
    in_step = True
    while 0 <= at < len(content):
        length, kind = look(content, at)
        complete = bool(length) and kind == shared and at + length <= len(content)
        if complete and (in_step or look(content, at + length)[1] == shared):
            yield content[at : at + length]
            at, in_step = at + length, True
        else:
            at, in_step = content.find(b"\xff", at + 1), False


def _start(content: bytes, look: Look) -> tuple[int, int]:
    at = _behind_id3(content)
    farthest = at + _FARTHEST_START
    while 0 <= at <= farthest:
        kind = _kind_in_a_row(content, look, at)
        if kind:
            return at, kind
        at = content.find(b"\xff", at + 1)
    return -1, 0


def _kind_in_a_row(content: bytes, look: Look, at: int) -> int:
    shared = look(content, at)[1]
    for _frame in range(_IN_A_ROW):
        length, kind = look(content, at)
        if not length or kind != shared or at + length > len(content):
            return 0
        at += length
    return shared


def _behind_id3(content: bytes) -> int:
    at = 0
    while content[at : at + 3] == b"ID3" and len(content) >= at + 10:
        size = 0
        for byte in content[at + 6 : at + 10]:
            size = size << 7 | byte & 0x7F
        at += 10 + size + (10 if content[at + 5] & 0x10 else 0)
    return at


# --- MP3 --------------------------------------------------------------------------------------------------

_LAYER_1 = (0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448, 0)
_LAYER_2 = (0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 0)
_LAYER_3 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0)
_LOW_1 = (0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256, 0)
_LOW_23 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0)
_KILOBITS = {
    True: {1: _LAYER_1, 2: _LAYER_2, 3: _LAYER_3},
    False: {1: _LOW_1, 2: _LOW_23, 3: _LOW_23},
}
_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}


def _mpeg(content: bytes, at: int) -> tuple[int, int]:
    header = int.from_bytes(content[at : at + 4], "big")
    if header >> 21 != 0x7FF or at + 4 > len(content):
        return _NONE
    version, layer = header >> 19 & 3, 4 - (header >> 17 & 3)
    rate, index, padding = header >> 10 & 3, header >> 12 & 15, header >> 9 & 1
    if version == 1 or layer == 4 or rate == 3:
        return _NONE
    full = version == 3
    bits = _KILOBITS[full][layer][index] * 1000
    if not bits:
        return _NONE
    hertz = _RATES[version][rate]
    if layer == 1:
        length = (12 * bits // hertz + padding) * 4
    else:
        length = (72 if layer == 3 and not full else 144) * bits // hertz + padding
    return length, header & 0xFFFE0C00


def _told(frame: bytes, number: int) -> Iterator[bytes]:
    """The first frame may be no sound but a table of contents: it keeps the numbers and loses the words."""
    if number:
        yield frame
        return
    header = int.from_bytes(frame[:4], "big")
    mono = header >> 6 & 3 == 3
    full = header >> 19 & 3 == 3
    at = 4 + ((17 if mono else 32) if full else (9 if mono else 17))
    if frame[at : at + 4] in (b"Xing", b"Info"):
        flags = frame[at + 7]
        fields = sum(size for bit, size in ((1, 4), (2, 4), (4, 100), (8, 4)) if flags & bit)
        table = frame[at : at + 8 + fields]
        yield (frame[:4] + b"\0" * (at - 4) + table).ljust(len(frame), b"\0")[: len(frame)]
    elif frame[36:40] != b"VBRI":
        yield frame


# --- AAC --------------------------------------------------------------------------------------------------


def _adts(content: bytes, at: int) -> tuple[int, int]:
    header = int.from_bytes(content[at : at + 7], "big")
    if at + 7 > len(content) or header >> 44 != 0xFFF or header >> 41 & 3:
        return _NONE
    length = header >> 13 & 0x1FFF
    if header >> 34 & 15 > 12 or length <= 7:
        return _NONE
    return length, header >> 30 & 0x3FFFFF7
