"""The index over the tokens: a virtual table with triggers on SQLite, GIN on PostgreSQL."""

from django.db import migrations

from network.search import engines


def install(apps, schema_editor):
    engines.install(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
