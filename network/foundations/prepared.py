"""A question to the database whose words are found once and asked many times.

To build a queryset and write its SQL costs more than to have a small one answered. A question that
every request asks is built with ``Slot``s in the place of what changes; where it is asked, they are filled.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import BigIntegerField, DateField, DateTimeField, Expression, Field, QuerySet
from django.utils import timezone

#: SQL, its parameters with holes, and what makes values of columns.
_Written = tuple[str, list[Any], Any, dict]


class _Hole:
    """Stands among the parameters where a slot's value goes."""

    def __init__(self, name: str) -> None:
        self.name = name


class Slot(Expression):
    """A value that is known only when the question is asked."""

    def __init__(self, name: str, output_field: Field) -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return "%s", [_Hole(self.name)]


#: The person who is asked about, and when: what most questions turn on.
WHO = Slot("who", BigIntegerField())
NOW = Slot("now", DateTimeField())
TODAY = Slot("today", DateField())


class Prepared:
    """Rows of a queryset of values. ``build`` is called once for each engine; it may use nothing that changes
    but slots."""

    def __init__(self, build: Callable[[], QuerySet]) -> None:
        self._build = build
        self._written: dict[str, _Written] = {}

    def rows(self, **values: Any) -> list[tuple]:
        """What the question is answered with. ``now`` and ``today`` are filled by themselves."""
        sql, holes, compiler, converters = self._question()
        filled = {"now": timezone.now(), "today": timezone.localdate(), **values}
        adapted = {name: _adapted(value) for name, value in filled.items()}
        with connection.cursor() as cursor:
            cursor.execute(sql, [adapted[one.name] if isinstance(one, _Hole) else one for one in holes])
            found = cursor.fetchall()
        return list(map(tuple, compiler.apply_converters(found, converters))) if converters else found

    def _question(self) -> "_Written":
        found = self._written.get(connection.vendor)
        if found is None:
            compiler = self._build().query.get_compiler(connection=connection)
            sql, params = compiler.as_sql()
            read = [column for column, _sql, _alias in compiler.select]
            found = self._written[connection.vendor] = (
                sql, list(params), compiler, compiler.get_converters(read)
            )  # fmt: skip
        return found


def _adapted(value: Any) -> Any:
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value
