"""The files of a copy: a folder as ``export_community`` writes it, or the zip that is downloaded."""

import json
import shutil
import tempfile
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

MEGABYTE = 1024 * 1024
#: One row: a post and its earlier texts.
LONGEST_LINE = 32 * MEGABYTE
LARGEST_FILE = 64 * MEGABYTE
LARGEST_COPY = 16 * 1024 * MEGABYTE
MOST_FILES = 500_000

Row = dict[str, Any]


class NoCopy(Exception):
    """Why nothing is read from it, in words for whoever runs the import."""


@contextmanager
def opened(path: Path) -> Iterator["Taken"]:
    """The copy at ``path``; what a zip holds is unpacked beside and goes again."""
    if path.is_dir():
        yield Taken(path)
        return
    if not zipfile.is_zipfile(path):
        raise NoCopy(f"{path} is neither a folder nor a zip.")
    with tempfile.TemporaryDirectory(prefix="community-") as place:
        _unpack(path, Path(place))
        yield Taken(Path(place))


def _unpack(path: Path, place: Path) -> None:
    """Whatever its parts are called, they land below ``place``; no more is written than a copy may hold."""
    left = LARGEST_COPY
    try:
        with zipfile.ZipFile(path) as packed:
            parts = packed.infolist()
            if len(parts) > MOST_FILES:
                raise NoCopy(f"{path} holds more files than a copy does.")
            for part in parts:
                name = PurePosixPath(part.filename)
                if part.is_dir() or name.is_absolute() or ".." in name.parts:
                    continue
                target = place / name
                target.parent.mkdir(parents=True, exist_ok=True)
                with packed.open(part) as source, target.open("wb") as file:
                    while piece := source.read(MEGABYTE):
                        left -= len(piece)
                        if left < 0:
                            raise NoCopy(f"{path} would unpack to far more than a copy is.")
                        file.write(piece)
                if shutil.disk_usage(place).free < 256 * MEGABYTE:
                    raise NoCopy(f"There is no room to unpack {path}.")
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, NotImplementedError):
        raise NoCopy(f"{path} is no zip that can be read.") from None


class Taken:
    """The rows of a copy. Lines that are none go to ``rejected``, with where they stand."""

    def __init__(self, place: Path) -> None:
        self.rejected: list[str] = []
        self._place = place
        self.community = self._community()
        self._posts = self._index("posts.jsonl", "thread_id")

    def rows(self, name: str) -> Iterator[Row]:
        """The rows of ``name.jsonl``; none where the copy has no such file."""
        for _at, row in self._lines(f"{name}.jsonl"):
            yield row

    def grouped(self, name: str, by: str) -> dict[Any, list[Row]]:
        found: dict[Any, list[Row]] = defaultdict(list)
        for row in self.rows(name):
            found[_key(row.get(by))].append(row)
        return found

    def posts_of(self, thread: Any) -> list[Row]:
        """The posts of a thread as they were written; the others stay on the disk."""
        places = self._posts.get(_key(thread), [])
        if not places:
            return []
        with (self._place / "posts.jsonl").open("rb") as file:
            found = []
            for at in places:
                file.seek(at)
                found.append(json.loads(file.readline(LONGEST_LINE)))
        return found

    def content(self, path: Any) -> bytes | None:
        """A file of a post; None where it is not there, or is no part of the copy."""
        if not isinstance(path, str) or not path:
            return None
        found = (self._place / path).resolve()
        if not found.is_relative_to(self._place.resolve()) or not found.is_file():
            return None
        return found.read_bytes() if found.stat().st_size <= LARGEST_FILE else None

    def _community(self) -> Row:
        try:
            told = json.loads((self._place / "community.json").read_bytes())
        except (OSError, ValueError, RecursionError):
            told = None
        if not isinstance(told, dict):
            raise NoCopy("It holds no community.json that can be read: it is no copy of a community.")
        return told

    def _index(self, name: str, by: str) -> dict[Any, list[int]]:
        found: dict[Any, list[int]] = defaultdict(list)
        for at, row in self._lines(name):
            found[_key(row.get(by))].append(at)
        return found

    def _lines(self, name: str) -> Iterator[tuple[int, Row]]:
        path = self._place / name
        if not path.is_file():
            return
        with path.open("rb") as file:
            at, number = 0, 0
            while line := file.readline(LONGEST_LINE):
                number += 1
                row = _parsed(line)
                if row is None:
                    self.rejected.append(f"{name}, line {number}: it cannot be read")
                else:
                    yield at, row
                at = file.tell()


def _parsed(line: bytes) -> Row | None:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return row if isinstance(row, dict) else None


def _key(value: Any) -> Any:
    return value if isinstance(value, int | str) else None
