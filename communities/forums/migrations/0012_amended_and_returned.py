from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("forums", "0011_tag_watches")]

    operations = [
        migrations.AddField(
            "post",
            "moderator_note",
            models.CharField(blank=True, default="", max_length=300, verbose_name="note of a moderator"),
            preserve_default=False,
        ),
        migrations.AddField("hold", "returned_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddIndex(
            "hold",
            models.Index(
                fields=["since", "post"],
                condition=Q(ended_at=None, returned_at=None),
                name="forums_holds_open",
            ),
        ),
    ]
