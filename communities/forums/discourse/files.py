"""JSON files of topics: one, those in a folder, or those in a zip; read one at a time."""

import lzma
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

MEGABYTE = 1024 * 1024
#: Discourse prints a thousand posts into one file: that is a tenth of it.
LARGEST_FILE = 64 * MEGABYTE
LARGEST_ZIP = 4096 * MEGABYTE
MOST_FILES = 200_000
#: JSON packs ten or twenty times; what packs more is made to burst.
TIGHTEST = 100
_UNREADABLE = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, EOFError, ValueError, RuntimeError,
)  # fmt: skip


class NotAnArchive(Exception):
    """Why nothing is read from it, in words for whoever runs the import."""


class TopicFiles:
    """The files by their names; ``None`` for one that is too large or cannot be read."""

    def __init__(self, path: Path) -> None:
        if path.is_dir():
            found = {str(one.relative_to(path)): one for one in path.rglob("*.json") if one.is_file()}
            self._read: Callable[[str], bytes] = lambda name: _small(found[name])
            self.names = sorted(found)
        elif zipfile.is_zipfile(path):
            packed = _opened(path)
            self._read = packed.read
            self.names = sorted({name for name in packed.namelist() if _is_topic(name)})
        else:
            self._read = lambda _name: _small(path)
            self.names = [path.name]
        if not self.names:
            raise NotAnArchive(f"{path} holds no JSON file.")

    def __getitem__(self, name: str) -> bytes | None:
        try:
            return self._read(name)
        except _UNREADABLE:
            return None


def _is_topic(name: str) -> bool:
    return name.lower().endswith(".json") and not name.startswith("__MACOSX/")


def _small(path: Path) -> bytes:
    if path.stat().st_size > LARGEST_FILE:
        raise ValueError
    return path.read_bytes()


def _opened(path: Path) -> zipfile.ZipFile:
    """The zip, if by its own word it is no larger than it may be; nothing more than that is ever unpacked."""
    try:
        opened = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise NotAnArchive(f"{path} is no zip that can be read.") from None
    parts = opened.infolist()
    bursts = any(
        part.file_size > LARGEST_FILE
        or (part.file_size > MEGABYTE and part.file_size > TIGHTEST * part.compress_size)
        for part in parts
        if _is_topic(part.filename)
    )
    if bursts or len(parts) > MOST_FILES or sum(part.file_size for part in parts) > LARGEST_ZIP:
        raise NotAnArchive(f"{path} would unpack to far more than a forum holds. Nothing of it is read.")
    return opened
