"""Moving everything that points to one row over to another, so that it can be moved back.

No room has to be named: whatever has a column that points to such a row follows. Where a room keeps one row
of a kind (one open affiliation of a person), it registers in ``closers`` what becomes of the row that would
be the second one; ``stays`` names columns that do not follow, and why.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.apps import apps
from django.core import serializers
from django.db import IntegrityError, models, transaction

from network.foundations.registry import Registry

#: Model, row, column, its former value, its new one; or ``DROPPED`` and the row as it was.
Change = list[Any]
#: ``(row, kept)``: what becomes of a row that cannot follow because there is one already.
Closer = Callable[[Any, Any], list[Change]]

DROPPED = "-"


class Merging:
    """How rows of one model become one. ``own`` are tables that are no business of it."""

    def __init__(self, label: str, own: Iterable[str] = ()) -> None:
        self.label = label
        self.own = frozenset(own)
        self.closers: Registry[Closer] = Registry(f"rows that meet when two of {label} become one")
        self.stays: Registry[str] = Registry(f"what stays when two of {label} become one")

    def columns(self) -> Iterator[tuple[type[models.Model], str]]:
        """Every column of every room that points there, those of many-to-many tables as well."""
        of = apps.get_model(self.label)
        for model in apps.get_models(include_auto_created=True):
            if model._meta.label in self.own or model._meta.proxy or not model._meta.managed:
                continue
            for field in model._meta.local_concrete_fields:
                if field.is_relation and field.related_model is of:
                    yield model, field.attname

    def following(self) -> Iterator[tuple[type[models.Model], str]]:
        """Those that follow: all but what somebody named with a reason."""
        for model, column in self.columns():
            name = model._meta.label
            if name not in self.stays and f"{name}.{column.removesuffix('_id')}" not in self.stays:
                yield model, column

    def undecided(self) -> Iterator[str]:
        """Tables with one row of a kind for each whose room has not said what becomes of a second."""
        for model, column in self.following():
            name = column.removesuffix("_id")
            constraints = [getattr(each, "fields", ()) for each in model._meta.constraints]
            once = any(name in together for together in [*constraints, *model._meta.unique_together])
            if (once or model._meta.get_field(name).unique) and model._meta.label not in self.closers:
                yield f"{model._meta.label}.{name}"

    def counts(self, gone: models.Model) -> dict[str, int]:
        """How many rows of each kind would follow, by the name of the kind."""
        found: dict[str, int] = {}
        for model, column in self.following():
            number = model._base_manager.filter(**{column: gone.pk}).count()
            if number:
                name = str(model._meta.verbose_name_plural)
                found[name] = found.get(name, 0) + number
        return found

    def follow(self, gone: models.Model, kept: models.Model) -> list[Change]:
        """Move all rows; returns what was changed."""
        changes: list[Change] = []
        for model, column in self.following():
            changes += self._move(model, column, gone, kept)
        return changes

    def _move(
        self, model: type[models.Model], column: str, gone: models.Model, kept: models.Model
    ) -> list[Change]:
        """All at once; one by one where one of them meets what is there."""
        rows = model._base_manager.filter(**{column: gone.pk}).order_by("pk")
        numbers = list(rows.values_list("pk", flat=True))
        if not numbers:
            return []
        if _update(model, numbers, column, kept.pk):
            return [[model._meta.label, pk, column, gone.pk, kept.pk] for pk in numbers]
        changes: list[Change] = []
        for row in rows:
            if _update(model, [row.pk], column, kept.pk):
                changes.append([model._meta.label, row.pk, column, gone.pk, kept.pk])
            elif close := self.closers.get(model._meta.label):
                changes += close(row, kept)
        return changes


def _update(model: type[models.Model], numbers: list[Any], column: str, value: Any) -> bool:
    try:
        with transaction.atomic():
            for start in range(0, len(numbers), 500):
                rows = model._base_manager.filter(pk__in=numbers[start : start + 500])
                rows.update(**{column: value})
    except IntegrityError:
        return False
    return True


def back(changes: list[Change]) -> None:
    """Give every column its former value that still has the one that the merge gave it."""
    for _same, group in groupby(reversed(changes), key=lambda change: [change[0], *change[2:]]):
        alike = list(group)
        if alike[0][0] == DROPPED:
            for _dropped, row in alike:
                _again(row)
            continue
        label, _pk, column, former, new = alike[0]
        model = apps.get_model(label)
        rows = model._base_manager.filter(pk__in=[change[1] for change in alike], **{column: new})
        if not _update(model, list(rows.values_list("pk", flat=True)), column, former):
            for change in alike:
                # Where somebody has made such a row meanwhile, that one stands.
                still = rows.filter(pk=change[1])
                _update(model, list(still.values_list("pk", flat=True)), column, former)


def _again(written: str) -> None:
    for row in serializers.deserialize("json", written):
        try:
            with transaction.atomic():
                row.object.save(force_insert=True)
        except IntegrityError:
            continue


def written(changed: Iterable[models.Model]) -> list[Change]:
    """Write rows that were changed in memory, and note the values before and after."""
    changes = []
    for row in changed:
        former = type(row)._base_manager.get(pk=row.pk)
        for field in row._meta.local_concrete_fields:
            before, after = getattr(former, field.attname), getattr(row, field.attname)
            if before != after:
                changes.append([row._meta.label, row.pk, field.attname, _plain(before), _plain(after)])
        row.save()
    return changes


def dropped(row: models.Model) -> list[Change]:
    """Take a row away that says once more what another one says."""
    change = [DROPPED, serializers.serialize("json", [row])]
    row.delete()
    return [change]


def stay(row: Any, kept: Any) -> list[Change]:
    """A closer: there is one already, and the other one stays with whom it was."""
    return []


def drop(row: Any, kept: Any) -> list[Change]:
    """A closer: there is one already, and that one counts."""
    return dropped(row)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value
