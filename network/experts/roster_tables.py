"""The people of a roster as a table: no cell is run by the program that opens it."""

import io
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from openpyxl import Workbook

from network.experts.models import Roster
from network.experts.roster_list import Row
from network.foundations.spreadsheets import harmless, write_rows
from network.notifications.addressing import absolute

#: What the name of a sheet cannot hold.
_NO_TITLE, _LONGEST_TITLE = "[]:*?/\\'", 31


def _cells(rows: Iterable[Row]) -> Iterator[list[str]]:
    yield [
        _("Name"),
        _("Position"),
        _("Affiliation"),
        _("Country"),
        _("Nominated by"),
        _("On the roster since"),
        _("Until"),
        _("Last confirmed"),
        _("State"),
        _("Address"),
    ]
    for row in rows:
        card, entry = row.card, row.entry
        yield [
            card.name,
            card.designation,
            card.affiliation,
            card.country,
            entry.in_name_of,
            entry.approved_at.date().isoformat() if entry.approved_at else "",
            entry.until.isoformat() if entry.until else "",
            row.verified_day.isoformat() if row.verified_day else "",
            _("Not confirmed") if row.is_stale else _("Confirmed"),
            absolute(card.url) if card.url else "",
        ]


def csv_of(roster: Roster, rows: Iterable[Row]) -> bytes:
    file = io.StringIO(newline="")
    write_rows(file, _cells(rows))
    return file.getvalue().encode("utf-8-sig")


def xlsx_of(roster: Roster, rows: Iterable[Row]) -> bytes:
    """Cells are written as text, never as formulas."""
    book = Workbook(write_only=True)
    title = "".join(sign for sign in roster.name if sign not in _NO_TITLE)
    sheet = book.create_sheet(title[:_LONGEST_TITLE])
    for cells in _cells(rows):
        sheet.append([harmless(cell) for cell in cells])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
