"""People as files: what one viewer sees of them, in a table, as calling cards, as linked data."""

from network.experts.exporting.files import CONTENT_TYPES, SUFFIXES, write
from network.experts.exporting.lines import Line, lines_of

__all__ = ["CONTENT_TYPES", "SUFFIXES", "Line", "lines_of", "write"]
