"""The column that the timing of a mail replaces goes, and the index comes by which digests are found."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notifications", "0003_mails_as_they_were_chosen")]

    operations = [
        migrations.RemoveField("notification", "by_mail"),
        migrations.AddIndex(
            "notification",
            models.Index(
                fields=["digest_at", "recipient"],
                condition=models.Q(("digest_at__isnull", False)),
                name="notifications_digest_due",
            ),
        ),
    ]
