"""The migrated database holds the triggers of every append-only table."""

import pytest
from django.db import DatabaseError, connections, router, transaction

from network.foundations.appendonly import append_only

pytestmark = pytest.mark.django_db
MODELS = list(append_only)


def _alias(model) -> str:
    return next(alias for alias in connections if router.allow_migrate_model(alias, model))


def _triggers(alias: str, table: str) -> set[str]:
    query = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgenabled = 'O'",
    }[connections[alias].vendor]
    with connections[alias].cursor() as cursor:
        cursor.execute(query, [table])
        return {row[0] for row in cursor.fetchall()}


def test_some_tables_only_grow():
    assert MODELS


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_registered_table_is_guarded_after_all_migrations(model):
    alias, table = _alias(model), model._meta.db_table
    events = ["update", "delete"]
    if connections[alias].vendor == "postgresql":
        events.append("truncate")
    assert {f"{table}_no_{event}" for event in events} <= _triggers(alias, table)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_emptying_the_table_is_refused(model):
    alias = _alias(model)
    if connections[alias].vendor != "postgresql":
        return  # SQLite knows no TRUNCATE; its DELETE is refused row by row (tests/demo)
    with (
        pytest.raises(DatabaseError, match="only grows"),
        transaction.atomic(using=alias),
        connections[alias].cursor() as cursor,
    ):
        cursor.execute(f'TRUNCATE "{model._meta.db_table}" CASCADE')
