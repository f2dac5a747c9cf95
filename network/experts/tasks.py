"""What the worker does for people by the clock."""

from network.experts import actions
from network.experts.actions import endorsements, freshness


def tidy_lists() -> None:
    """Once an hour: what was kept of lists goes when its time is over."""
    actions.tidy_lists()


def follow_days() -> int:
    """Endorsements begin and end by the calendar."""
    return endorsements.follow_days()


def keep_rosters() -> int:
    """Ask, remind, mark, warn and end what is due on rosters."""
    return freshness.keep_rosters()
