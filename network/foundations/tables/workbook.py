"""Excel workbooks: only what stands in their cells is read. Nothing is computed, followed or run."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from network.foundations.tables.limits import MAX_COLUMNS, MAX_ROWS, MAX_UNPACKED, Unreadable, held

_ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_MACROS = ("vbaproject.bin", "vbadata.xml", "macrosheets/", "activex/")
_MAX_PARTS = 1_000
_MERGE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}mergeCell"


def is_workbook(content: bytes) -> bool:
    return content.startswith(_ZIP)


def refuse_other_programs(content: bytes) -> None:
    """Old Excel files, or such with a password, and what is no table at all, by how they begin."""
    if content.startswith(_OLD_OFFICE):
        raise Unreadable(_("This is an old Excel file, or one with a password. Save it as .xlsx or .csv."))
    if content.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf")):
        raise Unreadable(_("This is no table. Save the list as .xlsx or .csv."))


def rows_in(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """The rows of the visible sheet that holds the most, each with its number; merged cells say the same."""
    _look_into(content)
    try:
        # data_only: of a formula what it came to when it was saved, never the formula.
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        try:
            sheet = _fullest(book)
            merged = _merged(content, sheet._worksheet_path)
            yield from _rows(sheet, merged)
        finally:
            book.close()
    except (
        InvalidFileException, zipfile.BadZipFile, DefusedXmlException, KeyError, ValueError, TypeError,
        AttributeError, IndexError, OSError, EOFError, SyntaxError,
    ):  # fmt: skip
        raise Unreadable(
            _("This Excel file is damaged. Open it, save it anew as .xlsx, and try again.")
        ) from None


def _look_into(content: bytes) -> None:
    """Before anything is unpacked: how much it would be, and whether a program is in it."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise Unreadable(_("This Excel file is damaged.")) from None
    names = [part.filename.lower() for part in parts]
    if any(sign in name for name in names for sign in _MACROS):
        raise Unreadable(_("This file holds macros. Save it as .xlsx without macros, or as .csv."))
    if "xl/workbook.xml" not in names:
        raise Unreadable(_("This is no Excel workbook. Save the list as .xlsx or .csv."))
    if len(parts) > _MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise Unreadable(_("This file unpacks to far more than a list of people. Save it as .csv."))


def _fullest(book: Any) -> Any:
    visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if not visible:
        raise Unreadable(_("No sheet of this workbook is visible."))
    return max(visible, key=lambda sheet: (sheet.max_row or 0) * (sheet.max_column or 0))


def _merged(content: bytes, sheet: str) -> dict[tuple[int, int], tuple[int, int]]:
    """Cell to the one whose value it shows; row and column count from 1."""
    shown: dict[tuple[int, int], tuple[int, int]] = {}
    with zipfile.ZipFile(io.BytesIO(content)) as packed, packed.open(sheet.lstrip("/")) as part:
        for _event, element in iterparse(part, forbid_dtd=True):
            if element.tag == _MERGE:
                left, top, right, bottom = range_boundaries(element.get("ref"))
                if (right - left + 1) * (bottom - top + 1) > MAX_ROWS * 10 or len(shown) > MAX_ROWS * 10:
                    raise Unreadable(
                        _("So much is merged in this sheet that nobody can tell what belongs where.")
                    )
                for row in range(top, bottom + 1):
                    shown.update({(row, column): (top, left) for column in range(left, right + 1)})
            else:
                element.clear()
    return shown


def _rows(sheet: Any, merged: dict[tuple[int, int], tuple[int, int]]) -> Iterator[tuple[int, list[str]]]:
    """Each row as a reader sees it: what is merged says the same in each of its cells."""
    values: dict[tuple[int, int], str] = {}
    sources = set(merged.values())
    # Sheets can say of themselves that they are a million rows long: what is empty does not count.
    empty = 0
    for number, cells in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS + 1, values_only=True), start=1):
        row = [_text(value) for value in cells]
        if merged:
            values |= {
                (number, column): text
                for column, text in enumerate(row, start=1)
                if (number, column) in sources
            }
            row += [""] * (MAX_COLUMNS - len(row))
            row = [
                text or values.get(merged.get((number, column), (0, 0)), "")
                for column, text in enumerate(row, start=1)
            ]
        while row and not row[-1]:
            row.pop()
        empty = 0 if row else empty + 1
        if empty > MAX_ROWS:
            return
        held(0, len(row))
        yield number, row


def _text(value: Any) -> str:
    """What a reader of the sheet sees: telephone numbers and years without '.0', days without an hour."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)
