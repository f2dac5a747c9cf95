"""How much a list may hold: offices have thousands of people, not millions of cells."""

MAX_BYTES = 10_000_000
MAX_ROWS = 20_000
MAX_COLUMNS = 200
#: Of what an Excel file unpacks to, in all: more is no list of people but a trap.
MAX_UNPACKED = 100_000_000
#: Signs in one cell; more is refused with its row.
MAX_CELL = 20_000


class Unreadable(Exception):
    """The file is no table that we can read; the text says why."""


def held(rows: int, columns: int) -> None:
    """Raises ``Unreadable`` beyond what a list may hold."""
    if rows > MAX_ROWS:
        raise Unreadable(f"The list has more than {MAX_ROWS:,} rows. Cut it into several.")
    if columns > MAX_COLUMNS:
        raise Unreadable(f"The list has more than {MAX_COLUMNS} columns.")
