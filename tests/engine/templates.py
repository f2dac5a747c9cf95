"""Templates: one migrated database for each alias, kept until what it was made from changes.

Where migrations were only added, the new template grows out of the one before, as a database does that is in
use: what takes minutes from nothing takes seconds then.
"""

import fcntl
import hashlib
import json
import os
from contextlib import suppress
from functools import cache
from pathlib import Path
from types import ModuleType

from django.conf import settings
from django.db import connections

from network.foundations.migrating import migrate
from tests.engine import postgres, sqlite

_ROOMS = ("network", "communities", "home")
#: What rows and tables were once made from: a database that was made from something else is of no use.
_GROUNDS = (
    "requirements.txt",
    *(f"{room}/**/migrations/*.py" for room in _ROOMS),
    "network/thesaurus/**/*.py",
    "network/thesaurus/data/**/*",
)
#: What writes into a database again after each migration.
_AFTERWARDS = (*(f"{room}/**/apps.py" for room in _ROOMS), "network/foundations/*.py")
_PREFIX = "template-"


def _engine() -> ModuleType:
    return postgres if settings.TEST_ENGINE == "postgres" else sqlite


def _digests(patterns: tuple[str, ...]) -> dict[str, str]:
    """Each file that answers to a pattern, and the digest of its content."""
    root = Path(settings.BASE_DIR)
    found = {path for pattern in patterns for path in root.glob(pattern) if path.suffix != ".pyc"}
    return {
        str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(found)
        if path.is_file()
    }


def _template() -> str:
    made_from = [
        settings.INSTALLED_APPS,
        sorted(settings.DATABASES),
        *_digests(_GROUNDS).items(),
        *_digests(_AFTERWARDS).items(),
    ]
    return f"{_PREFIX}{hashlib.sha256(repr(made_from).encode()).hexdigest()[:12]}"


def _grounds(template: str) -> Path:
    """Where it is written what a template was made from."""
    return settings.TEST_DIR / f"{settings.TEST_ENGINE}-{template}.json"


def lacks_only_migrations(then: dict[str, str], now: dict[str, str]) -> bool:
    """Whether what a template was made from ``then`` still stands, and nothing came but migrations."""
    added = now.keys() - then.keys()
    return bool(then) and then.items() <= now.items() and all("/migrations/" in path for path in added)


def _to_grow_from() -> str | None:
    now = _digests(_GROUNDS)
    for template in _engine().templates(_PREFIX):
        grounds = _grounds(template)
        if grounds.exists() and lacks_only_migrations(json.loads(grounds.read_text()), now):
            return template
    return None


def _open(name: str) -> int:
    """A lock file; it stays locked until it is closed or the process ends."""
    return os.open(settings.TEST_DIR / f"{settings.TEST_ENGINE}-{name}.lock", os.O_RDWR | os.O_CREAT, 0o666)


def _build(template: str) -> None:
    """Migrate each database in a new file or database that becomes the template."""
    engine = _engine()
    base = _to_grow_from()
    names = {alias: settings.DATABASES[alias]["NAME"] for alias in settings.DATABASES}
    try:
        for alias in settings.DATABASES:
            connections[alias].close()
            connections[alias].settings_dict["NAME"] = engine.begin(template, alias, base)
        for alias in settings.DATABASES:
            migrate(alias)
    finally:
        for alias, name in names.items():
            connections[alias].close()
            connections[alias].settings_dict["NAME"] = name
    _grounds(template).write_text(json.dumps(_digests(_GROUNDS)))
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
            _grounds(template).unlink(missing_ok=True)
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
