"""Reading a table whatever program wrote it, and writing one that can be mended and read again."""

import codecs
import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from charset_normalizer import from_bytes
from django.utils.translation import gettext as _

from network.foundations.spreadsheets import plain, write_rows
from network.foundations.tables import workbook
from network.foundations.tables.limits import MAX_BYTES, MAX_CELL, Unreadable, held

#: How many titles of a header a room knows: by that an old encoding is recognized.
Known = Callable[[list[str]], int]

_SEPARATORS = ",;\t|"
#: What offices' programs write where it is not Unicode: the first ones are the likelier.
_OLD_ENCODINGS = [
    "cp1252",
    "cp1251",
    "cp1256",
    "gb18030",
    "cp1250",
    "koi8_r",
    "big5",
    "mac_roman",
    "iso8859_6",
]
#: Among these the letters decide where the headers do not; the others look too much alike.
_LIKELY = ["cp1252", "cp1251", "cp1256", "gb18030", "koi8_r"]


@dataclass(frozen=True)
class Table:
    """The header and the rows below it, each with the line where it begins."""

    header: list[str]
    rows: list[tuple[int, list[str]]]
    separator: str = ","


def read(content: bytes, known: Known, *, one_column: bool = False) -> Table:
    """The table in ``content``: an Excel workbook, or text in any usual encoding with commas, semicolons,
    tabs or bars; raises ``Unreadable``. ``one_column``: a header may also be one title that is known."""
    if len(content) > MAX_BYTES:
        raise Unreadable(
            _("The file has more than %(most)d MB. Cut the list into several.")
            % {"most": MAX_BYTES // 1_000_000}
        )
    if workbook.is_workbook(content):
        return _table(workbook.rows_in(content), ",", known if one_column else None)
    workbook.refuse_other_programs(content)
    text = _decode(content, known).replace("\x00", "")
    separator = _separator(text)
    return _table(_lines(text, separator), separator, known if one_column else None)


def _lines(text: str, separator: str) -> Iterable[tuple[int, list[str]]]:
    csv.field_size_limit(MAX_BYTES)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise Unreadable(_("Line %(line)d cannot be read: %(why)s.") % {"line": line, "why": error}) from None


def _table(lines: Iterable[tuple[int, list[str]]], separator: str, known: Known | None) -> Table:
    """The first line with more than one cell is the header: a title in one cell above it is not."""
    header: list[str] = []
    rows: list[tuple[int, list[str]]] = []
    for line, cells in lines:
        tidy = [_tidy(cell) for cell in cells]
        if header and any(tidy):
            rows.append((line, tidy))
        elif _is_header(tidy, known):
            header = [" ".join(cell.split()) for cell in tidy]
        held(len(rows), len(tidy))
    if not header:
        raise Unreadable(_("This file holds no table: no line has more than one cell."))
    return Table(header, rows, separator)


def _is_header(cells: list[str], known: Known | None) -> bool:
    told = [cell for cell in cells if cell]
    if len(told) == 1 and known:
        return known(told) == 1
    return len(told) > 1 and len(set(told)) > 1


def _tidy(cell: str) -> str:
    """The cell without needless blanks, and without the apostrophe of a table of ours before a formula."""
    # What is far too long is refused with its row, later: here it only must not take for ever.
    lines = (" ".join(line.split()) for line in cell[: MAX_CELL + 1].splitlines())
    return plain("\n".join(line for line in lines if line))


def _decode(content: bytes, known: Known) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace")
    sample = content[:4000]
    if sample.count(b"\x00") > len(sample) / 20:
        # UTF-16 without its mark: where the empty halves of signs and blanks stand tells which way round.
        little = sample[1::2].count(b"\x00") >= sample[::2].count(b"\x00")
        return content.decode("utf-16-le" if little else "utf-16-be", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _decode_old(content, known)


def _decode_old(content: bytes, known: Known) -> str:
    """As the encoding in which the most headers are known; where none helps, what the letters look like."""
    found = {name: _known_headers(content, name, known) for name in _OLD_ENCODINGS}
    best = max(_OLD_ENCODINGS, key=lambda name: found[name])
    tied = found[best] == found["cp1252"]
    if tied and (guess := from_bytes(content, cp_isolation=_LIKELY).best()):
        best = guess.encoding
    return content.decode(best, "replace")


def _known_headers(content: bytes, encoding: str, known: Known) -> int:
    try:
        lines = content.decode(encoding).splitlines()[:10]
    except UnicodeDecodeError:
        return -1
    return max(
        (known(line.split(one)) for line in lines for one in _SEPARATORS),
        default=0,
    )


def _separator(text: str) -> str:
    """The one that cuts the first lines into the most cells; cells in quotation marks count as one."""
    csv.field_size_limit(MAX_BYTES)
    lines = [line for line in text.splitlines()[:20] if line.strip()]

    def cells(separator: str) -> int:
        return sum(len(next(csv.reader([line], delimiter=separator), [])) - 1 for line in lines)

    return max(_SEPARATORS, key=cells)


def write(path: Path, header: list[str], rows: Iterable[list[str]], separator: str) -> None:
    """A table that spreadsheets open in the right letters and in which no cell is run."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        write_rows(file, [header, *rows], separator)
