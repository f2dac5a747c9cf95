from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notifications", "0006_heeded_mails")]

    operations = [
        migrations.AlterField(
            model_name="mailsuspension",
            name="kind",
            field=models.CharField(
                choices=[
                    ("hard", "The address does not work"),
                    ("soft", "The mailbox does not take mail at the moment"),
                    ("asked", "Somebody asked for it"),
                ],
                max_length=5,
            ),
        ),
    ]
