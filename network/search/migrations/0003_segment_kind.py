"""Segments carry the kind of their document, so that the best of each kind are found in one table."""

from django.db import migrations, models
from django.db.models import OuterRef, Subquery

from network.search import engines


def fill(apps, schema_editor):
    documents = apps.get_model("search", "SearchDocument").objects.filter(pk=OuterRef("document"))
    apps.get_model("search", "Segment").objects.update(kind=Subquery(documents.values("kind")))


def install(apps, schema_editor):
    engines.install(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("search", "0002_index")]

    operations = [
        migrations.AddField("segment", "kind", models.CharField(default="", max_length=40)),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(install, migrations.RunPython.noop),
    ]
