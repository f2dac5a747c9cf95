"""The register of personal data: which field, what for, who sees it, how long, how it is erased.

The register is a folder of YAML files, one for each room (``docs/privacy/register/<room>.yaml``), read by
people first. The rule that ``manage.py check`` holds it to:

- every model with a reference to ``User`` is in it, and so is every model of ours with an e-mail or network
  address, a telephone number or a biography;
- for a model of ours each field stands either under ``fields`` (says something about a person) or under
  ``other`` (does not); for a library's model the entry alone is enough (``library.*`` for all of them);
- what the register names exists.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.apps import apps
from django.conf import settings
from django.db import models

from network.accounts.models import User

OURS = ("network.", "communities", "home.")
QUESTIONS = ("purpose", "audience", "kept", "erasure")
_TELLING_TYPES = (models.EmailField, models.GenericIPAddressField)
_TELLING_NAMES = {"biography", "email", "phone", "telephone", "ip", "user_agent", "born", "gender"}

Register = dict[str, dict[str, Any]]


class Unreadable(Exception):
    """A file of the register cannot be used; the text says which and why."""


@dataclass(frozen=True)
class Gap:
    """What is missing about ``model``, with the lines to paste."""

    model: type[models.Model]
    sentence: str
    lines: str


def folder() -> Path:
    return Path(settings.BASE_DIR) / "docs" / "privacy" / "register"


def read() -> Register:
    """All files in one: model label to its entry."""
    register: Register = {}
    for path in sorted(folder().glob("*.yaml")):
        try:
            content = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        except yaml.YAMLError as error:
            raise Unreadable(f"{path.name} is not YAML: {error}") from None
        for label, entry in content.items():
            _check_entry(path.name, label, entry, register)
            register[label] = entry
    return register


def _check_entry(file: str, label: str, entry: object, register: Register) -> None:
    if label in register:
        raise Unreadable(f"{file}: {label} is in another file already.")
    if not isinstance(entry, dict) or not all(entry.get(question) for question in QUESTIONS):
        raise Unreadable(f"{file}: {label} must answer {', '.join(QUESTIONS)}.")


def gaps(register: Register) -> Iterator[Gap]:
    """What the register does not tell yet."""
    for model in apps.get_models():
        if not is_about_people(model):
            continue
        label = model._meta.label
        entry = register.get(label)
        if entry is None and not _is_ours(model):
            entry = register.get(f"{model._meta.app_label}.*")
        if entry is None:
            yield Gap(model, f"{label} is missing from the privacy register.", _lines(model))
        elif _is_ours(model):
            missing = [name for name in field_names(model) if name not in _told(entry)]
            if missing:
                yield Gap(
                    model,
                    f"The privacy register does not tell of {label}: {', '.join(missing)}.",
                    f"In {_file(model)}, list each under `fields` or `other` of {label}.",
                )


def strays(register: Register) -> Iterator[str]:
    """What the register tells of though it is no more."""
    for label, entry in register.items():
        app_label, _, name = label.partition(".")
        if name == "*":
            if app_label not in apps.app_configs:
                yield f"The privacy register tells of {label}, which is not installed."
            continue
        try:
            model = apps.get_model(label)
        except (LookupError, ValueError):
            yield f"The privacy register tells of {label}, which does not exist."
            continue
        if _is_ours(model):
            for field in sorted(_told(entry) - {field.name for field in model._meta.get_fields()}):
                yield f"The privacy register tells of {label}.{field}, which does not exist."


def is_about_people(model: type[models.Model]) -> bool:
    fields = [*model._meta.local_fields, *model._meta.local_many_to_many]
    if model is User or any(field.related_model is User for field in fields):
        return True
    return _is_ours(model) and any(
        isinstance(field, _TELLING_TYPES) or field.name in _TELLING_NAMES for field in fields
    )


def field_names(model: type[models.Model]) -> list[str]:
    """The fields that an entry about a model of ours must place."""
    meta = model._meta
    plain = [field.name for field in meta.local_fields if not field.primary_key]
    return plain + [field.name for field in meta.local_many_to_many if field.related_model is User]


def _told(entry: dict[str, Any]) -> set[str]:
    return {*(entry.get("fields") or {}), *(entry.get("other") or [])}


def _is_ours(model: type[models.Model]) -> bool:
    return model._meta.app_config.name.startswith(OURS)


def _file(model: type[models.Model]) -> str:
    room = model._meta.app_label if _is_ours(model) else "libraries"
    return f"docs/privacy/register/{room}.yaml"


def _lines(model: type[models.Model]) -> str:
    """An entry to paste and fill in."""
    lines = [f"Add to {_file(model)}:", "", f"{model._meta.label}:"]
    lines += [f"  {question}: ..." for question in QUESTIONS]
    if _is_ours(model):
        lines += ["  fields:", *(f"    {name}:" for name in field_names(model)), "  other: []"]
    return "\n".join(lines)
