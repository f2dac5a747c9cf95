"""Bytes of old mails as text, whatever they say of themselves."""

import codecs
import re
from email.header import decode_header

from charset_normalizer import from_bytes

#: What programs wrote for what they meant: a superset that reads both, or nothing to be believed.
_MEANT = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "utf-8",
    "ascii": "utf-8",
}
_SAY_NOTHING = {"", "unknown-8bit", "x-unknown", "unknown", "default", "8bit", "binary", "utf-7"}
_ESCAPED_BYTES = re.compile("[\udc80-\udcff]")


def to_text(raw: bytes, said: str = "") -> str:
    """``raw`` by the charset that it claims, if that is one and reads; else by what it looks like."""
    said = said.lower().strip("\"' ")
    if said not in _SAY_NOTHING:
        try:
            codec = codecs.lookup(_MEANT.get(said, said)).name
            return _without_null(raw.decode(codec))
        except (LookupError, UnicodeError):
            pass
    return _without_null(_guess(raw))


def _guess(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    candidates = ["cp1251", "gb18030", "cp1252", "cp1256", "koi8_r", "cp932"]
    best = from_bytes(raw, cp_isolation=candidates).best()
    return str(best) if best else raw.decode("cp1252", errors="replace")


def _without_null(text: str) -> str:
    return text.replace("\x00", "")


def header(value: object) -> str:
    """A header in words on one line: encoded words decoded, raw bytes guessed, broken ones kept."""
    if value is None:
        return ""
    text = str(value) if isinstance(value, str) else _unwrapped(value)
    if _ESCAPED_BYTES.search(text):
        text = to_text(text.encode("utf-8", "surrogateescape"))
    try:
        parts = decode_header(text)
    except Exception:  # the header class raises several kinds on broken encoded words
        parts = [(text, None)]
    words = [part if isinstance(part, str) else to_text(part, said or "") for part, said in parts]
    return " ".join(_without_null("".join(words)).split())


def _unwrapped(value: object) -> str:
    """The parser wraps raw bytes of a header; this takes them out as they were."""
    chunks = getattr(value, "_chunks", [])
    return "".join(chunk for chunk, _charset in chunks) or str(value)
