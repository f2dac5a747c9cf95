"""What the worker does for the directory without being asked."""

from network.experts import actions


def tidy_lists() -> None:
    """Once an hour: what was kept of lists goes when its time is over."""
    actions.tidy_lists()
