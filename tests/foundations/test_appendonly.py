"""Tables that only grow."""

from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from network.foundations import appendonly

pytestmark = pytest.mark.django_db
COLUMNS = "(id integer PRIMARY KEY, note text UNIQUE)"


@pytest.fixture
def registered(monkeypatch):
    """A registry of the test's own with one table in it, which the test makes when it wants."""

    class Deed(models.Model):
        note = models.TextField(unique=True)

        class Meta:
            app_label = "foundations"

        def __str__(self) -> str:
            return self.note

    monkeypatch.setattr(appendonly, "append_only", appendonly.AppendOnly("of this test"))
    appendonly.append_only.register("foundations", Deed)
    yield Deed
    apps.all_models["foundations"].pop("deed")


@pytest.fixture
def deeds(registered):
    run(f"CREATE TABLE foundations_deed {COLUMNS}")
    appendonly.install()
    registered.objects.bulk_create([registered(id=1, note="first"), registered(id=2, note="second")])
    return registered


def run(*statements):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def assert_refused(deed):
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
        deed()


def test_a_registered_table_takes_new_rows_and_no_change(deeds):
    assert_refused(lambda: deeds.objects.update(note="changed"))
    assert_refused(lambda: deeds.objects.all().delete())
    upsert = {"update_conflicts": True, "update_fields": ["note"], "unique_fields": ["id"]}
    assert_refused(lambda: deeds.objects.bulk_create([deeds(id=1, note="changed")], **upsert))
    if connection.vendor == "postgresql":
        assert_refused(lambda: run("TRUNCATE foundations_deed"))
    assert list(deeds.objects.order_by("pk").values_list("note", flat=True)) == ["first", "second"]


def test_installing_is_safe_to_repeat_and_lifting_undoes_it(deeds):
    assert appendonly.install() == appendonly.install() == ["foundations_deed"]
    appendonly.lift()
    assert deeds.objects.filter(id=1).update(note="changed") == 1
    appendonly.install()
    assert_refused(lambda: deeds.objects.filter(id=1).update(note="again"))


def test_a_table_that_a_migration_made_anew_has_its_triggers_again(deeds):
    """SQLite changes a table by copying it, and the copy has no triggers."""
    run(
        f"CREATE TABLE copy {COLUMNS}",
        "INSERT INTO copy SELECT * FROM foundations_deed",
        "DROP TABLE foundations_deed",
        "ALTER TABLE copy RENAME TO foundations_deed",
    )
    appendonly.install_after_migrate(using="default", app_config=SimpleNamespace(name="foundations"))
    assert_refused(lambda: deeds.objects.update(note="changed"))


def test_a_table_that_is_not_there_yet_waits(registered):
    assert appendonly.install() == []
