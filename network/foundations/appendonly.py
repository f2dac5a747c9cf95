"""Tables that only grow: what happened is never rewritten, not even by us.

Rooms register their models in ``AppConfig.ready()``; triggers are put in place after every
``migrate``, for on SQLite a later change of a table drops its triggers without a word.
"""

from django.db import connections, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

from network.foundations.registry import Registry

_FUNCTION = """
CREATE OR REPLACE FUNCTION network_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% only grows: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END $$
"""
_POSTGRESQL_EVENTS = {"UPDATE": "ROW", "DELETE": "ROW", "TRUNCATE": "STATEMENT"}
_SQLITE_EVENTS = ("UPDATE", "DELETE")


class AppendOnly(Registry[type[Model]]):
    """Room and model; a room may register several."""

    def register(self, name: str, entry: type[Model]) -> type[Model]:
        return super().register(f"{name}.{entry.__name__}", entry)


append_only = AppendOnly("append-only tables")


def install(using: str = "default") -> list[str]:
    """Put the triggers of every registered table in place; safe to repeat. Returns the tables."""
    connection = connections[using]
    tables = _tables(connection)
    with connection.cursor() as cursor:
        if tables and connection.vendor == "postgresql":
            cursor.execute(_FUNCTION)
        for table in tables:
            for statement in _drop(connection, table) + _create(connection, table):
                cursor.execute(statement)
    return tables


def lift(using: str = "default") -> None:
    """Take the triggers away, for emptying a whole database (``flush``); ``install`` puts them back."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for table in _tables(connection):
            for statement in _drop(connection, table):
                cursor.execute(statement)


def install_after_migrate(using: str, **kwargs: object) -> None:
    """Receiver of ``post_migrate``."""
    install(using)


def _tables(connection: BaseDatabaseWrapper) -> list[str]:
    """The registered tables that this database holds (a partial migration may lack some)."""
    present = set(connection.introspection.table_names())
    wanted = {
        model._meta.db_table for model in append_only if router.allow_migrate_model(connection.alias, model)
    }
    return sorted(wanted & present)


def _events(connection: BaseDatabaseWrapper) -> list[str]:
    return list(_POSTGRESQL_EVENTS if connection.vendor == "postgresql" else _SQLITE_EVENTS)


def _trigger(table: str, event: str) -> str:
    return f"{table}_no_{event.lower()}"


def _drop(connection: BaseDatabaseWrapper, table: str) -> list[str]:
    quote = connection.ops.quote_name
    place = f" ON {quote(table)}" if connection.vendor == "postgresql" else ""
    return [f"DROP TRIGGER IF EXISTS {quote(_trigger(table, event))}{place}" for event in _events(connection)]


def _create(connection: BaseDatabaseWrapper, table: str) -> list[str]:
    quote = connection.ops.quote_name
    if connection.vendor == "postgresql":
        return [
            f"CREATE TRIGGER {quote(_trigger(table, event))} BEFORE {event} ON {quote(table)} "
            f"FOR EACH {each} EXECUTE FUNCTION network_append_only()"
            for event, each in _POSTGRESQL_EVENTS.items()
        ]
    return [
        f"CREATE TRIGGER {quote(_trigger(table, event))} BEFORE {event} ON {quote(table)} "
        f"BEGIN SELECT RAISE(ABORT, '{table} only grows: {event} refused'); END"
        for event in _SQLITE_EVENTS
    ]
