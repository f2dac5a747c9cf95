"""Asking for a list of things, each with a few parts: rows of a form, with empty ones to go on.

Works without scripts: two rows are always empty, an emptied row is gone after saving. With a script the last
row is followed by a button for another one (``static/js/entries.js``).
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.widgets import Script
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.experts.fields import PlainLineField

MOST = 200
_EMPTY_ROWS = 2


class EntriesWidget(forms.Widget):
    """``columns`` are the form fields of a row; those in ``hidden`` only travel with it."""

    template_name = "experts/widgets/entries.html"
    use_fieldset = True

    def __init__(self, columns: dict[str, forms.Field], attrs: dict[str, Any] | None = None) -> None:
        self.columns = columns
        super().__init__(attrs)

    @property
    def media(self) -> forms.Media:
        script: Any = Script("js/entries.js", type="module")  # the stubs know paths only
        return forms.Media(js=[script])

    def id_for_label(self, id_: str) -> str:
        return ""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[dict[str, str]]:
        """The rows as they were typed, up to the last one that the form held."""
        rows = []
        for number in range(MOST + _EMPTY_ROWS + 1):
            names = {key: f"{name}-{number}-{key}" for key in self.columns}
            if not any(sent in data for sent in names.values()):
                break
            rows.append({key: str(data.get(sent, "")) for key, sent in names.items()})
        return rows

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        rows = [dict(row) for row in value or []]
        while rows and not any(_text(rows[-1].get(key)) for key in self._shown()):
            rows.pop()
        context = super().get_context(name, value, attrs)
        told = (attrs or {}).get("aria-describedby", "")
        shown = [self._row(name, number, row, told) for number, row in enumerate(rows)]
        empty = range(len(rows), min(len(rows) + _EMPTY_ROWS, MOST))
        return context | {
            "rows": shown,
            "empty": [self._row(name, number, {}, told) for number in empty],
            "folds": len(rows) > 1,
        }

    def _shown(self) -> list[str]:
        return [key for key, column in self.columns.items() if not column.widget.is_hidden]

    def _row(self, name: str, number: int, row: dict[str, Any], told: str) -> dict[str, Any]:
        cells = []
        for key, column in self.columns.items():
            sent = f"{name}-{number}-{key}"
            attrs = {"id": f"id_{sent}"} | ({"aria-describedby": told} if told else {})
            attrs |= column.widget_attrs(column.widget)
            box = column.widget.render(sent, row.get(key, column.initial), attrs)
            cells.append({"label": column.label, "id": attrs["id"], "box": box, "key": key,
                          "hidden": column.widget.is_hidden})  # fmt: skip
        heading = next((_text(row[key]) for key in self._shown() if _text(row.get(key))), "")
        return {"cells": cells, "heading": heading}


class EntriesField(forms.Field):
    """Its value is a list of dicts, one for each row in which something stands."""

    def __init__(self, columns: dict[str, forms.Field], **options: Any) -> None:
        self.columns = columns
        super().__init__(widget=EntriesWidget(columns), required=False, **options)

    def clean(self, value: list[dict[str, str]] | None) -> list[dict[str, Any]]:
        hidden = {key for key, column in self.columns.items() if column.widget.is_hidden}
        rows, wrong = [], []
        for number, typed in enumerate(value or [], start=1):
            if not any(_text(cell) for key, cell in typed.items() if key not in hidden):
                continue
            row, errors = self._clean_row(typed)
            rows.append(row)
            wrong += [
                _("Row %(number)d, %(label)s: %(error)s") % {"number": number, "label": label, "error": error}
                for label, error in errors
            ]
        if len(rows) > MOST:
            wrong.append(
                _("At most %(most)d rows. You wrote %(number)d.") % {"most": MOST, "number": len(rows)}
            )
        if wrong:
            raise ValidationError(wrong)
        return rows

    def _clean_row(self, typed: dict[str, str]) -> tuple[dict[str, Any], list[tuple[str, str]]]:
        row, errors = {}, []
        for key, column in self.columns.items():
            try:
                row[key] = column.clean(typed.get(key, ""))
            except ValidationError as error:
                errors += [(str(column.label), sentence) for sentence in error.messages]
        since, until = row.get("since"), row.get("until")
        if since and until and until < since:
            errors.append((str(self.columns["until"].label), _("This is before it began.")))
        return row, errors


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()


class YearField(forms.IntegerField):
    """A year in which somebody now living can have done something, or nearly."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            min_value=1900,
            max_value=2100,
            required=False,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 4, "class": "year"}),
            **options,
        )


def engagement_columns(title: Any, body: Any) -> dict[str, forms.Field]:
    return {
        "title": PlainLineField(label=title, max_length=200),
        "body": PlainLineField(label=body, max_length=200, required=False),
        "since": YearField(label=gettext_lazy("From (year)")),
        "until": YearField(label=gettext_lazy("Until (year)")),
    }
