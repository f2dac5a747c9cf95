"""Canaries: words that cannot be mistaken, in every form in which they may try to pass."""

import base64
import gzip
import json
import unicodedata
import zlib
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import lru_cache
from urllib.parse import quote

#: How all of them begin. No analyser stems it, no encoder splits it, no text holds it by chance.
FLOCK = "zqvanarxkolibri"
CANARY = f"{FLOCK}x7qvzjarx"


def canary(number: int) -> str:
    """One of the flock: each state of the audit has its own."""
    return f"{FLOCK}{number:03d}qvzjarx"


@lru_cache(maxsize=200)
def traces(canary: str = CANARY) -> tuple[str, ...]:
    """The forms in which the canary may try to pass, in lower case; always in this order."""
    plain = canary.encode()
    forms = [
        canary,
        canary[::-1],
        plain.hex(),
        quote(canary),
        json.dumps(canary)[1:-1],
        "".join(f"%{byte:02x}" for byte in plain),
        "".join(f"={byte:02x}" for byte in plain),
        "".join(f"&#{byte};" for byte in plain),
        "".join(f"&#x{byte:x};" for byte in plain),
        "".join(f"\\u{byte:04x}" for byte in plain),
        "".join(f"\\x{byte:02x}" for byte in plain),
        "\0".join(canary),  # two bytes for each character, in either order
        "".join(f"\\x00{letter}" for letter in canary),
        *_in_base(64, base64.b64encode, plain),
        *_in_base(64, base64.urlsafe_b64encode, plain),
        *_in_base(32, base64.b32encode, plain),
    ]
    return tuple(form.lower() for form in forms)


def _in_base(base: int, encode: Callable[[bytes], bytes], plain: bytes) -> list[str]:
    """Encoded letters depend on their neighbors: what is the same whatever stands before and after."""
    size = 3 if base == 64 else 5
    letters = 4 if base == 64 else 8
    found = []
    for shift in range(size):
        whole = encode(b"x" * shift + plain).decode().rstrip("=")
        first = letters if shift else 0
        found.append(whole[first : (shift + len(plain)) // size * letters])
    return found


def shows(output: str, canary: str = CANARY) -> bool:
    """Whether ``output`` holds the canary in any form, compressed ones apart (``shows_in_bytes``)."""
    seen = output.lower()
    return any(form in seen for form in traces(canary))


def of_the_flock(output: str, canaries: Iterable[str]) -> set[str]:
    """Which of these ``output`` holds in any form: the forms that none of the flock has are asked once."""
    seen = output.lower()
    forms = [number for number, form in enumerate(traces(FLOCK)) if form in seen]
    return {word for word in canaries if any(traces(word)[number] in seen for number in forms)}


def shows_in_bytes(value: bytes, canary: str = CANARY) -> bool:
    """The same for bytes, which may be text in any encoding, or compressed."""
    return any(
        shows(unicodedata.normalize("NFKC", text), canary)
        for raw in (value, *_unpacked(value))
        for text in (raw.decode("latin-1"), raw.decode("utf-8", "ignore"), raw.decode("utf-16", "ignore"))
    )


def _unpacked(value: bytes) -> list[bytes]:
    found = []
    for unpack in (gzip.decompress, zlib.decompress, lambda raw: zlib.decompress(raw, -15)):
        with suppress(OSError, EOFError, zlib.error):
            found.append(unpack(value))
    return found
