"""``winmail.dat``: a mail inside a mail, as Outlook wraps it for programs that are not Outlook."""

import logging
import struct
from dataclasses import dataclass, field

from tnefparse import TNEF

from network.notifications.inbound.charsets import to_text

logger = logging.getLogger(__name__)

_KINDS = ("application/ms-tnef", "application/vnd.ms-tnef")
#: More files than these no mail has that a person wrote.
_MOST_FILES = 50
#: The reader copies all that is left for each object, and believes how many rows a table says it has.
_MOST_COPIED = 2_000_000_000
_MOST_ROWS = 1000
_RECIPIENTS = 0x9004


@dataclass
class Packed:
    """What lay in it; ``left_out`` names it where it cannot be opened."""

    text: str = ""
    is_html: bool = False
    files: list[tuple[str, bytes]] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def is_packed(kind: str, name: str) -> bool:
    return kind in _KINDS or name.lower() == "winmail.dat"


def unpack(content: bytes) -> Packed:
    try:
        _check(content)
        tnef = TNEF(content)
        packed = Packed(files=[(_name(file), bytes(file.data)) for file in tnef.attachments[:_MOST_FILES]])
        packed.text, packed.is_html = _text(tnef)
        if not packed.text and not packed.files:
            packed.left_out.append("winmail.dat")
        return packed
    except Exception as error:  # it reads binary structures without looking where they end
        logger.info("A winmail.dat does not open: %s.", type(error).__name__)
        return Packed(left_out=["winmail.dat"])


def _check(content: bytes) -> None:
    """Raises where reading it would never end."""
    place, count = 6, 0
    while place + 12 < len(content):
        _level, name, _kind, length = struct.unpack_from("<BHHI", content, place)
        if name == _RECIPIENTS and struct.unpack_from("<I", content, place + 9)[0] > _MOST_ROWS:
            raise ValueError("A table of recipients without end.")
        place += length + 11
        count += 1
    if count * len(content) > _MOST_COPIED:
        raise ValueError("More objects than can be read.")


def _name(file: object) -> str:
    return str(file.long_filename() or file.name or "file").replace("\x00", "")  # type: ignore[attr-defined]


def _text(tnef: TNEF) -> tuple[str, bool]:
    """Its words and whether they are HTML; nothing where it holds them as RTF alone."""
    html, plain = tnef.htmlbody, tnef.body
    body = html or plain or ""
    return to_text(body) if isinstance(body, bytes) else str(body), bool(html)
