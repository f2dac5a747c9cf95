"""Where sealed files lie: encrypted, under names that tell nothing, with no address of their own.

Bytes only: what they mean is for the gate to know. The storage is ``STORAGES["vault"]``, by default the
directory ``CONSENT_VAULT_DIR``; a private bucket does as well.
"""

import logging
import secrets
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.db import transaction
from django.utils import timezone

from network.foundations.registry import Registry

logger = logging.getLogger(__name__)

#: A file that no part speaks of may be one that is being sealed: it is left alone for so long.
_GRACE = timedelta(hours=1)

#: What rooms above keep here too, sealed by themselves: each tells the paths that it still needs.
lodgers: Registry[Callable[[], Iterable[str]]] = Registry("files of other rooms in the vault")


class VaultStorage(FileSystemStorage):
    """Files that only we read, and that have no address."""

    def __init__(self, location: Any = None) -> None:
        super().__init__(
            location=location or settings.CONSENT_VAULT_DIR,
            file_permissions_mode=0o600,
            directory_permissions_mode=0o700,
        )

    def url(self, name: str | None) -> str:
        raise ValueError("A sealed file has no address.")


def _storage() -> Storage:
    return storages["vault"]


def new_path() -> str:
    name = secrets.token_hex(20)
    return f"{name[:2]}/{name}"


def write(path: str, sealed: Iterable[bytes]) -> None:
    if _storage().save(path, ContentFile(b"".join(sealed))) != path:
        raise RuntimeError("The vault gave a sealed file another name.")


def open_sealed(path: str) -> File:
    return _storage().open(path, "rb")


def delete(path: str) -> None:
    _storage().delete(path)


def delete_after_commit(path: str) -> None:
    """Once the row that spoke of it is gone for good. What fails here, the sweep does later."""
    if path:
        transaction.on_commit(partial(delete, path), robust=True)


def sweep(known: Iterable[str]) -> int:
    """Delete what no part speaks of: left by a crash, or by rows that went in bulk."""
    wanted = set(known)
    newest = timezone.now() - _GRACE
    strays = [path for path, at in _files() if path not in wanted and at < newest]
    for path in strays:
        delete(path)
    return len(strays)


def _files() -> Iterator[tuple[str, datetime]]:
    storage = _storage()
    try:
        folders = storage.listdir("")[0]
    except FileNotFoundError:
        return
    for folder in folders:
        for name in storage.listdir(folder)[1]:
            yield f"{folder}/{name}", storage.get_modified_time(f"{folder}/{name}")
