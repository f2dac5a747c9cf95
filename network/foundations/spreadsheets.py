"""Tables for spreadsheets, written so that no cell is ever run: every table that leaves the house."""

import csv
from collections.abc import Iterable, Sequence
from typing import Any, Protocol

#: A spreadsheet takes a cell that begins so for a formula; an apostrophe makes it text again. The wide forms
#: of Chinese and Japanese keyboards are taken for the narrow ones by some.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_BLANKS = " \u00a0\u200b\ufeff"


class Written(Protocol):
    def write(self, text: str, /) -> Any: ...


def harmless(cell: Any) -> str:
    """``cell`` as text that no spreadsheet runs. Numbers stay numbers, also below zero."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return str(cell)
    text = "" if cell is None else str(cell)
    # Some programs pass over blanks in front, so what stands behind them counts.
    return f"'{text}" if text.lstrip(_BLANKS).startswith(FORMULA_SIGNS) else text


def plain(cell: str) -> str:
    """What ``harmless`` made of it, taken back: for tables of ours that come back mended."""
    return cell[1:] if cell[:1] == "'" and harmless(cell[1:]) == cell else cell


def write_rows(file: Written, rows: Iterable[Sequence[Any]], separator: str = ",") -> None:
    """Rows of a CSV, with the line ends that spreadsheets write themselves."""
    writer = csv.writer(file, delimiter=separator, lineterminator="\r\n")
    writer.writerows([harmless(cell) for cell in row] for row in rows)
