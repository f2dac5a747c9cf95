"""Parts of a file, as browsers ask for them (RFC 9110, section 14): one range of bytes at a time."""

import re
from dataclasses import dataclass

_ONE_RANGE = re.compile(r"bytes=[ \t]*([0-9]{0,40})-([0-9]{0,40})[ \t]*", re.IGNORECASE | re.ASCII)


class Unsatisfiable(Exception):
    """The file has no byte of what is asked for: the answer is 416."""


@dataclass(frozen=True)
class Range:
    """From ``start`` up to, but not with, ``stop``."""

    start: int
    stop: int

    def __len__(self) -> int:
        return self.stop - self.start

    def told(self, size: int) -> str:
        """For the header ``Content-Range``."""
        return f"bytes {self.start}-{self.stop - 1}/{size}"


def asked(header: str, size: int) -> Range | None:
    """What the header ``Range`` asks of a file of ``size`` bytes; ``None``: the whole file.

    Several ranges, and what is not understood, may be answered with the whole; so they are.
    """
    match = _ONE_RANGE.fullmatch(header)
    if match is None:
        return None
    first, last = match[1], match[2]
    if not first:
        return _last_bytes(last, size)
    start = int(first)
    if last and int(last) < start:
        return None
    if start >= size:
        raise Unsatisfiable
    return Range(start, min(int(last) + 1, size) if last else size)


def _last_bytes(count: str, size: int) -> Range | None:
    if not count:
        return None
    if not int(count) or not size:
        raise Unsatisfiable
    return Range(max(0, size - int(count)), size)
