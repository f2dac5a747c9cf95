"""WAV: of its chunks only the format, the number of samples and the sound stay."""

import struct

from django.utils.translation import gettext as _

from network.consent.ingest.exceptions import NotClean

_PCM, _FLOAT, _A_LAW, _MU_LAW, _EXTENSIBLE = 1, 3, 6, 7, 0xFFFE
#: Formats whose description has no room for anything else, and how many bytes of it count.
_FORMATS = {_PCM: 16, _FLOAT: 16, _A_LAW: 16, _MU_LAW: 16, _EXTENSIBLE: 40}


def is_one(start: bytes) -> bool:
    return start[:4] == b"RIFF" and start[8:12] == b"WAVE"


def clean(content: bytes) -> bytes | None:
    if not is_one(content):
        return None
    chunks = _chunks(content)
    description = _description(chunks.get(b"fmt ", b""))
    sound = chunks.get(b"data", b"")
    if not description or not sound:
        raise NotClean(_("This WAV file holds no sound that we can read. Save it as PCM."))
    body = b"WAVE" + _chunk(b"fmt ", description) + _chunk(b"data", sound)
    return _chunk(b"RIFF", body)


def _chunks(content: bytes) -> dict[bytes, bytes]:
    """The first chunk of each name. Recorders that were cut off leave the sound without its true length."""
    found: dict[bytes, bytes] = {}
    at = 12
    while at + 8 <= len(content):
        name, size = struct.unpack_from("<4sI", content, at)
        if name == b"data" and size == 0:
            size = len(content)
        found.setdefault(name, content[at + 8 : at + 8 + size])
        at += 8 + size + size % 2
    return found


def _description(said: bytes) -> bytes:
    if len(said) < 16:
        return b""
    length = _FORMATS.get(struct.unpack_from("<H", said)[0], 0)
    return said[:length] if len(said) >= length else b""


def _chunk(name: bytes, body: bytes) -> bytes:
    return name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)
