"""What the worker does by the clock."""

from network.search import actions


def run_saved() -> int:
    """Do the kept searches that are due."""
    return actions.run_due()
