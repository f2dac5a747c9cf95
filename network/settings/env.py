"""Typed readers of the environment: a wrong value stops the start and says how to mend it."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from django.core.exceptions import ImproperlyConfigured

T = TypeVar("T")
_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off"}


def _read(name: str, default: T | None, convert: Callable[[str], T], accepted: str) -> T:
    raw = os.environ.get(name)
    if raw is None or raw == "":
        if default is None:
            raise ImproperlyConfigured(f"{name} is not set. Set it to {accepted}.")
        return default
    try:
        return convert(raw)
    except ValueError:
        raise ImproperlyConfigured(f"{name}={raw!r} is not understood. Use {accepted}.") from None


def _to_bool(raw: str) -> bool:
    word = raw.strip().lower()
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    raise ValueError(raw)


def env_text(name: str, default: str | None = None) -> str:
    return _read(name, default, str, "a text")


def env_bool(name: str, default: bool | None = None) -> bool:
    return _read(name, default, _to_bool, "true or false")


def env_int(name: str, default: int | None = None) -> int:
    return _read(name, default, int, "a whole number")


def env_list(name: str, default: list[str] | None = None) -> list[str]:
    return _read(
        name, default, lambda raw: [part.strip() for part in raw.split(",") if part.strip()], "a,b,c"
    )


def env_secret(name: str, default: str | None = None) -> str:
    """A secret from ``NAME`` or, better, from the file that ``NAME_FILE`` points to."""
    file_name = os.environ.get(f"{name}_FILE")
    if file_name:
        try:
            return Path(file_name).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(
                f"{name}_FILE={file_name!r} cannot be read: {error.strerror}."
            ) from None
    return _read(name, default, str, f"a secret, or {name}_FILE to a file that holds it")
