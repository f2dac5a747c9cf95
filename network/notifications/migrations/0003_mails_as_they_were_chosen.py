"""What was to go out by mail goes out at once, as it did."""

from django.db import migrations


def carry_over(apps, schema_editor):
    notifications = apps.get_model("notifications", "Notification").objects.using(schema_editor.connection.alias)
    notifications.filter(by_mail=True).update(mail="at_once")


class Migration(migrations.Migration):
    dependencies = [("notifications", "0002_places_habits_and_digests")]

    operations = [migrations.RunPython(carry_over, migrations.RunPython.noop)]
