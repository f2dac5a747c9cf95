"""How much a list may hold: offices have thousands of people, not millions of cells."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _

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
        most = number_format(MAX_ROWS, force_grouping=True)
        raise Unreadable(_("The list has more than %(most)s rows. Cut it into several.") % {"most": most})
    if columns > MAX_COLUMNS:
        raise Unreadable(_("The list has more than %(most)d columns.") % {"most": MAX_COLUMNS})
