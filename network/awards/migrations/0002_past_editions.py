"""The editions of COP-13, 14 and 15, with their laureates (see ``data/PROVENANCE.md``)."""

import csv
from pathlib import Path

from django.db import migrations

DATA = Path(__file__).resolve().parents[1] / "data" / "laureates.csv"
SOURCE = "cbd.int/chm/award; for COP-15 reports of the Philippine press"


def names(number):
    chinese = {13: "十三", 14: "十四", 15: "十五"}[number]
    return {
        "en": f"COP {number}",
        "fr": f"COP {number}",
        "es": f"COP {number}",
        "ru": f"КС-{number}",
        "zh-hans": f"缔约方大会第{chinese}届会议",
        "ar": f"الاجتماع {number} لمؤتمر الأطراف",
    }


def load(apps, schema_editor):
    Edition = apps.get_model("awards", "Edition")
    Laureate = apps.get_model("awards", "Laureate")
    Term = apps.get_model("thesaurus", "Term")
    for row in csv.DictReader(DATA.read_text(encoding="utf-8").splitlines()):
        number = int(row["cop"])
        edition, _ = Edition.objects.get_or_create(
            slug=f"cop-{number}",
            defaults={"names": names(number), "place": row["place"], "year": int(row["year"]), "source": SOURCE},
        )
        Laureate.objects.get_or_create(
            edition=edition,
            category=row["category"],
            party=Term.objects.get(domain="country", code=row["iso2"]),
            defaults={"medal": row["medal"]},
        )


class Migration(migrations.Migration):
    dependencies = [("awards", "0001_initial"), ("thesaurus", "0002_load")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop, elidable=False)]
