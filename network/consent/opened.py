"""Files that nginx hands out for us: opened for some minutes, in a directory that should be in memory.

Each lies in the folder of its item, so that all of them go at once when sharing stops. The worker takes away
each minute what has been there long enough: none stays for longer than the lease of an open page.
"""

import os
import secrets
import shutil
import time
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

from django.conf import settings

#: With the minute until the worker looks, that is the lease of five minutes.
_OPEN_FOR = 4 * 60


def _root() -> Path:
    return Path(settings.CONSENT_MEDIA_ACCEL_DIR)


def path_of(item: UUID, handle: UUID) -> str:
    """Where the file lies below the directory, and below the location of nginx."""
    return f"{item.hex}/{handle.hex}"


def is_open(item: UUID, handle: UUID) -> bool:
    return _is_fresh(_root() / path_of(item, handle))


def put(item: UUID, handle: UUID, content: Iterable[bytes]) -> None:
    """Write the file in one step: nobody meets half of it. Nginx reads it as one of our group."""
    target = _root() / path_of(item, handle)
    target.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
    unfinished = target.with_name(f"{target.name}.{secrets.token_hex(8)}")
    try:
        with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o640), "wb") as file:
            file.writelines(content)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)


def clear(item: UUID) -> None:
    """Sharing of this item has changed: whoever wants a file of it has to ask again."""
    shutil.rmtree(_root() / item.hex, ignore_errors=True)


def sweep() -> None:
    """Take away what has been open long enough."""
    for path in _root().glob("*/*"):
        if not _is_fresh(path):
            path.unlink(missing_ok=True)


def _is_fresh(path: Path) -> bool:
    try:
        return time.time() - path.stat().st_mtime < _OPEN_FOR
    except FileNotFoundError:
        return False
