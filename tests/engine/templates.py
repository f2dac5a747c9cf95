"""Templates: one migrated database for each alias, kept until what it was made from changes."""

import fcntl
import hashlib
import os
from contextlib import suppress
from functools import cache
from pathlib import Path
from types import ModuleType

from django.conf import settings
from django.core.management import call_command
from django.db import connections

from tests.engine import postgres, sqlite

_MAKERS = ("migrations/*.py", "apps.py")
#: What a migrated database is made from; a change to any of these files makes a new template.
_INGREDIENTS = [
    "requirements.txt",
    *(f"{root}/**/{what}" for root in ("network", "communities", "home") for what in _MAKERS),
    "network/foundations/*.py",
    "network/thesaurus/**/*.py",
    "network/thesaurus/data/**/*",
]
_PREFIX = "template-"


def _engine() -> ModuleType:
    return postgres if settings.TEST_ENGINE == "postgres" else sqlite


def _template() -> str:
    digest = hashlib.sha256(repr([settings.INSTALLED_APPS, sorted(settings.DATABASES)]).encode())
    root = Path(settings.BASE_DIR)
    for pattern in _INGREDIENTS:
        for path in sorted(root.glob(pattern)):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(str(path.relative_to(root)).encode())
                digest.update(path.read_bytes())
    return f"{_PREFIX}{digest.hexdigest()[:12]}"


def _open(name: str) -> int:
    """A lock file; it stays locked until it is closed or the process ends."""
    return os.open(settings.TEST_DIR / f"{settings.TEST_ENGINE}-{name}.lock", os.O_RDWR | os.O_CREAT, 0o666)


def _build(template: str) -> None:
    """Migrate each database into a new file or database that becomes the template."""
    engine = _engine()
    names = {alias: settings.DATABASES[alias]["NAME"] for alias in settings.DATABASES}
    try:
        for alias in settings.DATABASES:
            connections[alias].close()
            connections[alias].settings_dict["NAME"] = engine.begin(template, alias)
        for alias in settings.DATABASES:
            call_command("migrate", database=alias, interactive=False, verbosity=0)
    finally:
        for alias, name in names.items():
            connections[alias].close()
            connections[alias].settings_dict["NAME"] = name
    engine.finish(template, list(settings.DATABASES))


def _remove_stale(current: str) -> None:
    """Remove templates that no living run uses: each run holds a shared lock on its own."""
    for template in _engine().templates(_PREFIX):
        if template == current:
            continue
        lock = _open(template)
        with suppress(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            _engine().remove(template)
        os.close(lock)


@cache
def prepare() -> str:
    """The template, built by the first who asks, and held for as long as this process lives."""
    template = _template()
    building = _open("building")
    fcntl.flock(building, fcntl.LOCK_EX)
    if not _engine().exists(template, list(settings.DATABASES)):
        _build(template)
        _remove_stale(template)
    fcntl.flock(_open(template), fcntl.LOCK_SH)
    os.close(building)
    return template


def restore() -> None:
    """Make every database of this process equal to its template."""
    template = prepare()
    for alias in settings.DATABASES:
        connections[alias].close()
        _engine().copy(template, alias, connections[alias].settings_dict["NAME"])


def drop() -> None:
    for alias in settings.DATABASES:
        connections[alias].close()
        _engine().drop(connections[alias].settings_dict["NAME"])
