"""Cells of tables that leave the network for a spreadsheet."""

#: With these a spreadsheet takes a cell for a formula (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def harmless(cell: str) -> str:
    """The text of a cell that no spreadsheet reckons with."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
