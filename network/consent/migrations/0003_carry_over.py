"""One line of contact becomes the first of several ways; notes say who reads them; items their lineage."""

from django.db import migrations


def carry_over(apps, schema_editor):
    Holder = apps.get_model("consent", "Holder")
    for holder in Holder.objects.exclude(contact="").iterator():
        holder.contacts = [{"kind": "office", "value": holder.contact}]
        holder.save(update_fields=["contacts"])
    Part = apps.get_model("consent", "Part")
    for part in Part.objects.filter(holder__isnull=False).iterator():
        part.readers = [f"holder:{part.holder_id}"]
        part.save(update_fields=["readers"])
    Lineage = apps.get_model("consent", "Lineage")
    items = apps.get_model("consent", "KnowledgeItem").objects.values_list("pk", flat=True)
    Lineage.objects.bulk_create(Lineage(item_id=pk, source_id=pk) for pk in items)


class Migration(migrations.Migration):
    dependencies = [("consent", "0002_holders_decide_together")]

    operations = [migrations.RunPython(carry_over, migrations.RunPython.noop)]
