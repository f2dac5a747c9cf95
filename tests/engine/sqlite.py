"""Templates and copies as SQLite files."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from django.conf import settings


def _directory(template: str) -> Path:
    return settings.TEST_DIR / template


def exists(template: str, aliases: list[str]) -> bool:
    return _directory(template).is_dir()


def begin(template: str, alias: str, base: str | None) -> str:
    """The NAME to migrate in, empty or equal to ``base``; what an interrupted build left there is gone."""
    directory = _directory(f"{template}.building")
    directory.mkdir(parents=True, exist_ok=True)
    for left in directory.glob(f"{alias}.sqlite3*"):
        left.unlink()
    name = str(directory / f"{alias}.sqlite3")
    if base:
        copy(base, alias, name)
    return name


def finish(template: str, aliases: list[str]) -> None:
    building = _directory(f"{template}.building")
    for alias in aliases:
        with closing(sqlite3.connect(building / f"{alias}.sqlite3")) as file:
            file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    building.rename(_directory(template))


def copy(template: str, alias: str, name: str) -> None:
    """Make the database ``name`` equal to the template, in place: other threads may hold it open."""
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    source_path = _directory(template) / f"{alias}.sqlite3"
    with (
        closing(sqlite3.connect(f"{source_path.as_uri()}?immutable=1", uri=True)) as source,
        closing(sqlite3.connect(name, timeout=20)) as target,
    ):
        source.backup(target)


def drop(name: str) -> None:
    for suffix in ("", "-wal", "-shm"):
        Path(name + suffix).unlink(missing_ok=True)


def templates(prefix: str) -> list[str]:
    return [
        path.name
        for path in settings.TEST_DIR.glob(f"{prefix}*")
        if path.is_dir() and path.suffix != ".building"
    ]


def remove(template: str) -> None:
    shutil.rmtree(_directory(template), ignore_errors=True)
