"""Templates and copies as databases on a PostgreSQL server."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.conf import settings
from psycopg import sql


@contextmanager
def _server() -> Iterator[psycopg.Cursor]:
    config = settings.DATABASES["default"]
    with (
        psycopg.connect(
            host=config["HOST"],
            port=config["PORT"] or 5432,
            user=config["USER"],
            password=config["PASSWORD"],
            dbname="postgres",
            autocommit=True,
        ) as connection,
        connection.cursor() as cursor,
    ):
        yield cursor


def _run(statement: str, *names: str) -> None:
    with _server() as cursor:
        cursor.execute(sql.SQL(statement).format(*[sql.Identifier(name) for name in names]))


def _name(template: str, alias: str) -> str:
    return f"{settings.TEST_DATABASE_PREFIX}_{template.replace('-', '_')}_{alias}"


def _names(prefix: str) -> set[str]:
    with _server() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [prefix])
        return {row[0] for row in cursor.fetchall()}


def exists(template: str, aliases: list[str]) -> bool:
    return {_name(template, alias) for alias in aliases} <= _names(_name(template, ""))


def begin(template: str, alias: str, base: str | None) -> str:
    """The NAME to migrate in, empty or equal to ``base``; what an interrupted build left there is gone."""
    building = f"{_name(template, alias)}_building"
    drop(building)
    drop(_name(template, alias))
    if base:
        copy(base, alias, building)
    else:
        _run("CREATE DATABASE {}", building)
    return building


def finish(template: str, aliases: list[str]) -> None:
    for alias in aliases:
        name = _name(template, alias)
        _run("ALTER DATABASE {} RENAME TO {}", f"{name}_building", name)


def copy(template: str, alias: str, name: str) -> None:
    drop(name)
    _run("CREATE DATABASE {} TEMPLATE {}", name, _name(template, alias))


def duplicate(name: str, into: str) -> None:
    """Nobody may be connected to ``name``; whatever was in ``into`` is gone."""
    drop(into)
    _run("CREATE DATABASE {} TEMPLATE {}", into, name)


def drop(name: str) -> None:
    _run("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def templates(prefix: str) -> list[str]:
    start = f"{settings.TEST_DATABASE_PREFIX}_"
    found = {name.removeprefix(start) for name in _names(start + prefix.replace("-", "_"))}
    return sorted({"-".join(name.split("_")[:2]) for name in found})


def remove(template: str) -> None:
    for name in _names(_name(template, "")):
        drop(name)
