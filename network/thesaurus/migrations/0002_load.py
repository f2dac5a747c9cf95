from django.db import migrations

from network.thesaurus.loading import load_shipped


def load(apps, schema_editor):
    load_shipped(apps.get_model("thesaurus", "Domain"), apps.get_model("thesaurus", "Term"))


class Migration(migrations.Migration):
    dependencies = [("thesaurus", "0001_initial")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
