"""An mbox file as the mails in it, read one at a time."""

import re
from collections.abc import Iterator
from pathlib import Path

#: The line before each mail: an address and a date with a year. A sentence that begins with "From" has none.
_FROM_LINE = re.compile(rb"From \S+ .*\b(19|20)\d\d\b[^\r\n]*\r?\n")
_MUNGED = re.compile(rb"^>(>*From )", re.MULTILINE)


class Mbox:
    """Where each mail begins and ends; its bytes are read when asked for."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._spans = list(self._find())

    def __len__(self) -> int:
        return len(self._spans)

    def __getitem__(self, place: int) -> bytes:
        start, end = self._spans[place]
        with self._path.open("rb") as file:
            file.seek(start)
            return _MUNGED.sub(rb"\1", file.read(end - start))

    def __iter__(self) -> Iterator[bytes]:
        return (self[place] for place in range(len(self)))

    def _find(self) -> Iterator[tuple[int, int]]:
        """Spans between the lines that begin a mail: the first of the file, or one after an empty line."""
        begun, position, after_blank = None, 0, True
        with self._path.open("rb") as file:
            for line in file:
                if after_blank and _FROM_LINE.fullmatch(line):
                    if begun is not None:
                        yield begun, position
                    begun = position + len(line)
                position += len(line)
                after_blank = not line.strip()
        if begun is not None:
            yield begun, position
