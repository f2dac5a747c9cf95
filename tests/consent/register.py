"""Every way by which something could leave the network, and every place that keeps words: from the code.

``docs/privacy/exits.yaml`` says of each what can leave there. ``python -m tests.consent.register`` prints
what it does not say yet, and what it says of things that are gone.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

import yaml

FILE = Path(__file__).resolve().parents[2] / "docs" / "privacy" / "exits.yaml"
ROOMS = ("network", "communities", "home")
ROOT = FILE.parents[2]

#: What can leave by a way.
WAYS = {"nothing", "tokens", "gate"}
_TELLING = {
    "CharField", "TextField", "JSONField", "FileField", "BinaryField", "SlugField", "URLField", "EmailField",
    "FilePathField", "ImageField", "SearchVectorField", "ArrayField", "GenericIPAddressField",
}  # fmt: skip
#: What a column can hold.
COLUMNS = {"codes", "words", "public", "vault", "library"}


@dataclass(frozen=True)
class Register:
    """Axis to pattern to class, as the file has it."""

    said: dict[str, dict[str, str]]

    @classmethod
    def read(cls) -> "Register":
        raw = yaml.safe_load(FILE.read_text())
        return cls(
            {
                axis: {
                    pattern: kind for kind, patterns in groups.items() for pattern in _spelled_out(patterns)
                }
                for axis, groups in raw.items()
            }
        )

    def missing(self) -> list[str]:
        """Entries of the code of which the file says nothing."""
        return [
            f"{axis}: {entry}"
            for axis, entries in everything().items()
            for entry in entries
            if not any(fnmatchcase(entry, pattern) for pattern in self.said.get(axis, {}))
        ]

    def vanished(self) -> list[str]:
        """Lines of the file of which the code has nothing any more."""
        known = everything()
        return [
            f"{axis}: {pattern}"
            for axis, patterns in self.said.items()
            for pattern in patterns
            if not any(fnmatchcase(entry, pattern) for entry in known.get(axis, ()))
        ]


def _spelled_out(patterns: list[str] | dict[str, str]) -> Iterator[str]:
    """A list as it is; of a model with its columns, each column."""
    if isinstance(patterns, list):
        yield from patterns
    else:
        for model, columns in patterns.items():
            yield from (f"{model} {column}" for column in columns.split())


def everything() -> dict[str, list[str]]:
    return {axis: sorted(set(find())) for axis, find in _AXES.items()}


def _urls() -> Iterator[str]:
    from tests.alarms.places import addresses

    for address in addresses():
        yield "(pages)" if address.name == "wagtail_serve" else re.sub(r"[\^$\\]", "", address.route)


def _streams() -> Iterator[str]:
    from network.live.streams import streams

    yield from streams.names()


def _mail_templates() -> Iterator[str]:
    for path in ROOT.glob("templates/**/*"):
        if path.is_file() and re.search(r"(^|/)(e?mails?)(/|_)", str(path.relative_to(ROOT))):
            yield str(path.relative_to(ROOT / "templates"))


def _commands() -> Iterator[str]:
    from django.core.management import get_commands

    for name, app in get_commands().items():
        yield f"{app if isinstance(app, str) else app.__module__} {name}"


def _tasks() -> Iterator[str]:
    """What the worker does: by the clock, and by name from anywhere."""
    from network.foundations.schedules import schedules

    yield from (timetable.task for timetable in schedules)
    for path in _sources():
        text = path.read_text()
        yield from re.findall(r"""async_task\(\s*["']([\w.]+)["']""", text)
        if path.name == "tasks.py":
            module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            yield from (f"{module}.{name}" for name in re.findall(r"^def ([a-z]\w*)", text, re.MULTILINE))


def _handlers() -> Iterator[str]:
    from network.outbox.handlers import handlers

    yield from handlers.names()


def _search_sources() -> Iterator[str]:
    from network.search.sources import sources

    yield from sources.names()


def _notification_kinds() -> Iterator[str]:
    from network.notifications.kinds import kinds

    yield from kinds.names()


def _content_types() -> Iterator[str]:
    """Those that the middleware binds, and those that somebody writes down anywhere."""
    from network.consent import middleware

    yield from middleware._DOORS
    for path in _sources():
        yield from re.findall(_CONTENT_TYPE, path.read_text())


def _columns() -> Iterator[str]:
    """Columns that can hold words or files."""
    from django.apps import apps

    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.local_concrete_fields:
            if field.get_internal_type() in _TELLING:
                yield f"{model._meta.label} {field.name}"


def _exits() -> Iterator[str]:
    from network.consent.exits import exits

    yield from exits.names()


def _sources() -> Iterator[Path]:
    for room in ROOMS:
        yield from (path for path in (ROOT / room).glob("**/*.py") if "migrations" not in path.parts)


_CONTENT_TYPE = r"""["']((?:text|application|image|audio|video)/[a-z0-9.+-]+)"""
_AXES = {
    "urls": _urls,
    "streams": _streams,
    "mail templates": _mail_templates,
    "commands": _commands,
    "tasks": _tasks,
    "outbox handlers": _handlers,
    "search sources": _search_sources,
    "notification kinds": _notification_kinds,
    "content types": _content_types,
    "columns": _columns,
    "exits": _exits,
}


def main() -> None:
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "network.settings.test")
    django.setup()
    register = Register.read() if FILE.exists() else Register({})
    lines = [f"+ {line}" for line in register.missing()] + [f"- {line}" for line in register.vanished()]
    sys.stdout.write("".join(f"{line}\n" for line in lines))


if __name__ == "__main__":
    main()
