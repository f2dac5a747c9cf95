"""Bringing terms into the database: from the files that come with the network, or from somebody's table.

The models are handed in, so that a migration can load with the models of its own time.
"""

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

DATA = Path(__file__).parent / "data"
_WRITTEN = ("names", "parent_id", "position", "facts", "shipped", "retired_on")
_YES_NO = {"yes": True, "no": False}


@dataclass(frozen=True)
class Row:
    """One term as a table tells it; ``parent`` is ``code`` or ``domain:code``."""

    code: str
    names: dict[str, str]
    parent: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass
class Outcome:
    """What a load did to one vocabulary."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    retired: int = 0

    def __str__(self) -> str:
        return (
            f"{self.added} added, {self.changed} changed, {self.unchanged} unchanged, {self.retired} retired"
        )


def languages() -> list[str]:
    return [code for code, _name in settings.LANGUAGES]


def read_rows(path: Path) -> Iterator[Row]:
    """The rows of a file that comes with the network; columns that are no language are facts."""
    with path.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            names = {code: line.pop(code) for code in ("en", "fr", "es", "ru", "zh-hans", "ar")}
            code, parent = line.pop("code"), line.pop("parent", "")
            facts = {name: _YES_NO.get(value, value) for name, value in line.items() if value}
            yield Row(code, names, parent, facts)


def load_shipped(domain_model: Any, term_model: Any) -> dict[str, Outcome]:
    """Bring everything under ``data/`` into the database; safe to repeat."""
    outcomes = {}
    for entry in json.loads((DATA / "domains.json").read_text(encoding="utf-8")):
        with transaction.atomic():
            domain, _new = domain_model.objects.update_or_create(
                code=entry["code"], defaults={"names": entry["names"], "source": entry["source"]}
            )
            outcomes[domain.code] = store(
                term_model, domain.code, read_rows(DATA / entry["file"]), shipped=True
            )
    return outcomes


def store(term_model: Any, domain: str, rows: Iterable[Row], *, shipped: bool) -> Outcome:
    """Write ``rows`` as the terms of ``domain``, in their order, in a constant number of queries.

    With ``shipped`` the rows are all there is: terms that came so before and are missing now are retired.
    """
    rows = list(rows)
    known = {term.code: term for term in term_model.objects.filter(domain_id=domain)}
    parents = _parents(term_model, domain, rows)
    outcome, new, changed = Outcome(), [], []
    first = 0 if shipped else max((term.position for term in known.values()), default=-1) + 1
    for number, row in enumerate(rows):
        values = {
            "names": row.names,
            "parent_id": parents.get(row.parent),
            "position": number,
            "facts": row.facts,
            "shipped": shipped,
            "retired_on": None,
        }
        term = known.pop(row.code, None)
        if not shipped:
            values["position"] = term.position if term else first + number
        if term is None:
            new.append(term_model(domain_id=domain, code=row.code, **values))
        elif any(getattr(term, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(term, name, value)
            changed.append(term)
        else:
            outcome.unchanged += 1
    gone = [term for term in known.values() if shipped and term.shipped and term.retired_on is None]
    for term in gone:
        term.retired_on = timezone.localdate()
    term_model.objects.bulk_create(new)
    term_model.objects.bulk_update([*changed, *gone], _WRITTEN, batch_size=200)
    outcome.added, outcome.changed, outcome.retired = len(new), len(changed), len(gone)
    return outcome


def _parents(term_model: Any, domain: str, rows: list[Row]) -> dict[str, int]:
    """The id for each way in which the rows name a parent."""
    wanted = {row.parent for row in rows if row.parent}
    domains = {name.rpartition(":")[0] or domain for name in wanted}
    found = term_model.objects.filter(domain_id__in=domains).values_list("domain_id", "code", "pk")
    ids = {f"{in_domain}:{code}": pk for in_domain, code, pk in found}
    return {name: pk for name in wanted if (pk := ids.get(name if ":" in name else f"{domain}:{name}"))}
