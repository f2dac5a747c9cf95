"""A place of its own for each process that needs one: the lowest free number, held by a file lock.

Two test workers, or two runs at the same time, so never use one another's databases, files or Redis
database. The system lets go of the lock when the process ends, however it ends.
"""

import fcntl
import os
from collections.abc import Iterable
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def claim(directory: Path, name: str, numbers: Iterable[int]) -> int:
    """The first of ``numbers`` that no living process holds under ``directory/name-<number>.lock``."""
    directory.mkdir(parents=True, exist_ok=True)
    for number in numbers:
        # The descriptor stays open for as long as the process lives; that is what holds the place.
        lock = os.open(directory / f"{name}-{number}.lock", os.O_RDWR | os.O_CREAT, 0o666)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
            continue
        return number
    raise ImproperlyConfigured(f"Every place for {name} in {directory} is taken. Let another run end first.")
