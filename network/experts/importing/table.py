"""Reading a table whatever program wrote it, and writing one that can be mended and read again."""

import codecs
import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_SEPARATORS = ",;\t|"
# A spreadsheet takes a cell that begins so for a formula; an apostrophe makes it text again.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Unreadable(Exception):
    """The file is no table that we can read; the text says why."""


@dataclass(frozen=True)
class Table:
    """The header and the rows below it, each with the line where it begins."""

    header: list[str]
    rows: list[tuple[int, list[str]]]
    separator: str


def read(content: bytes) -> Table:
    """The table in ``content``: UTF-8, UTF-16 or Windows-1252, with commas, semicolons, tabs or bars."""
    text = _decode(content).replace("\x00", "")
    separator = _separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    header: list[str] = []
    rows: list[tuple[int, list[str]]] = []
    line = 1
    try:
        for cells in reader:
            cells = [_plain(cell) for cell in cells]
            if any(cells):
                if header:
                    rows.append((line, cells))
                elif sum(bool(cell) for cell in cells) > 1:
                    # A title in one cell above the table is not its header.
                    header = cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise Unreadable(f"Line {line} cannot be read: {error}.") from None
    if not header:
        raise Unreadable("This file holds no table: no line has more than one cell.")
    return Table(header, rows, separator)


def _decode(content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _separator(text: str) -> str:
    """The one that cuts the first lines into the most cells; cells in quotation marks count as one."""
    lines = [line for line in text.splitlines()[:20] if line.strip()]

    def cells(separator: str) -> int:
        return sum(len(next(csv.reader([line], delimiter=separator), [])) - 1 for line in lines)

    return max(_SEPARATORS, key=cells)


def _plain(cell: str) -> str:
    """The cell on one line, without the apostrophe that a safe table puts before a formula."""
    text = " ".join(cell.split())
    return text[1:] if text[:1] == "'" and text[1:2] and text[1] in "".join(_FORMULA) else text


def write(path: Path, header: list[str], rows: Iterable[list[str]], separator: str) -> None:
    """A table that spreadsheets open in the right letters and in which no cell is run."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=separator)
        writer.writerow([_safe(cell) for cell in header])
        writer.writerows([_safe(cell) for cell in row] for row in rows)


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
