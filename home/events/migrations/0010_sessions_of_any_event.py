"""Any event has a programme, and each session a key that its translations share."""

import uuid

import django.db.models.deletion
import modelcluster.fields
from django.db import migrations, models


def give_keys(apps, schema_editor):
    """A session at the same time in the same room is the same one in each translation; drafts learn it too."""
    Session = apps.get_model("events", "Session")
    Revision = apps.get_model("wagtailcore", "Revision")
    ContentType = apps.get_model("contenttypes", "ContentType")
    shared = {}
    pages = {}
    for session in Session.objects.select_related("event").order_by("pk"):
        place = (session.event.translation_key, session.day, session.begins, session.room)
        session.key = shared.setdefault(place, uuid.uuid4())
        session.save(update_fields=["key"])
        pages.setdefault(str(session.event_id), {})[session.pk] = str(session.key)
    kinds = ContentType.objects.filter(app_label="wagtailcore", model="page")
    for revision in Revision.objects.filter(base_content_type__in=kinds, object_id__in=pages):
        for told in revision.content.get("sessions", []):
            told["event"] = told.pop("fair", None)
            if known := pages[revision.object_id].get(told.get("pk")):
                told["key"] = known
        revision.save(update_fields=["content"])


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0004_stalls"),
        ("wagtailcore", "0094_alter_page_locale"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.RenameField("session", "fair", "event"),
        migrations.AlterField(
            "session",
            "event",
            modelcluster.fields.ParentalKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="sessions", to="events.eventpage"
            ),
        ),
        migrations.AddField(
            "session", "key", models.UUIDField(blank=True, default=uuid.uuid4, db_index=True)
        ),
        migrations.RunPython(give_keys, migrations.RunPython.noop),
    ]
