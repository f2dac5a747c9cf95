"""Secrets of a laptop installation: made once, kept in ``var/`` with mode 0600."""

import os
import secrets
from pathlib import Path


def local_secret(path: Path) -> str:
    """The secret kept at ``path``; a new random one is written there first if it is missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="utf-8").strip()
    value = secrets.token_urlsafe(48)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(value + "\n")
    return value
