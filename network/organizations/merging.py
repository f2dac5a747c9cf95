"""Moving everything that points to one organization over to another, so that it can be moved back.

No room has to be named here: whatever has a column that points to an organization follows. Where a room
keeps one row of a kind (one open affiliation of a person), it registers in ``closers`` how a row that would
be the second one is closed.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction

from network.foundations.registry import Registry
from network.organizations.models import Organization, OrganizationMerge

#: Name of a model (``organizations.Affiliation``) to ``(row, kept) -> rows that changed``: what becomes of a
#: row that cannot follow because there is one already.
closers: Registry[Callable[[Any, Organization], list[Any]]] = Registry("closers of rows that meet in a merge")

Change = list[Any]
#: Its own tables are no business of a merge.
_OWN = (OrganizationMerge, Organization)


def follow(gone: Organization, kept: Organization) -> list[Change]:
    """Move all rows; returns what was changed."""
    changes: list[Change] = []
    for model, column in _columns():
        for row in model._default_manager.filter(**{column: gone.pk}).order_by("pk"):
            changes += _move(row, column, gone, kept)
    return changes


def counts(gone: Organization) -> dict[str, int]:
    """How many rows of each kind would follow, by the name of the kind."""
    found: dict[str, int] = {}
    for model, column in _columns():
        number = model._default_manager.filter(**{column: gone.pk}).count()
        if number:
            name = str(model._meta.verbose_name_plural)
            found[name] = found.get(name, 0) + number
    return found


def back(changes: list[Change]) -> None:
    """Give every column its former value that still has the one that the merge gave it."""
    for label, pk, column, former, new in reversed(changes):
        model = apps.get_model(label)
        rows = model._default_manager.filter(pk=pk, **{column: new})
        try:
            with transaction.atomic():
                rows.update(**{column: former})
        except IntegrityError:
            # Somebody has made such a row meanwhile: that one stands.
            continue


def _columns() -> Iterator[tuple[type[models.Model], str]]:
    """Every column of every room that points to an organization, those of many-to-many tables as well."""
    for model in apps.get_models(include_auto_created=True):
        if model in _OWN or model._meta.proxy or not model._meta.managed:
            continue
        for field in model._meta.local_concrete_fields:
            if field.is_relation and field.related_model is Organization:
                yield model, field.attname


def _move(row: models.Model, column: str, gone: Organization, kept: Organization) -> list[Change]:
    label = row._meta.label
    try:
        with transaction.atomic():
            type(row)._default_manager.filter(pk=row.pk).update(**{column: kept.pk})
    except IntegrityError:
        close = closers.get(label)
        return _closed(close(row, kept)) if close else []
    return [[label, row.pk, column, gone.pk, kept.pk]]


def _closed(changed: list[Any]) -> list[Change]:
    """Write what a closer changed in memory, and note the values before and after."""
    changes = []
    for row in changed:
        former = type(row)._default_manager.get(pk=row.pk)
        for field in row._meta.local_concrete_fields:
            before, after = getattr(former, field.attname), getattr(row, field.attname)
            if before != after:
                changes.append([row._meta.label, row.pk, field.attname, _plain(before), _plain(after)])
        row.save()
    return changes


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value
