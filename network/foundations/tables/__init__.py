"""Tables as offices have them: workbooks of Excel, and text in any usual encoding; nothing in them is run."""

from network.foundations.tables.limits import MAX_BYTES, MAX_CELL, MAX_ROWS, Unreadable
from network.foundations.tables.reading import Table, read, write

__all__ = ["MAX_BYTES", "MAX_CELL", "MAX_ROWS", "Table", "Unreadable", "read", "write"]
