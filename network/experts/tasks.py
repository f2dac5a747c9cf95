"""What the worker does for people by the clock."""

from network.experts.actions import endorsements, freshness


def follow_days() -> int:
    """Endorsements begin and end by the calendar."""
    return endorsements.follow_days()


def keep_rosters() -> int:
    """Ask, remind, mark, warn and end what is due on rosters."""
    return freshness.keep_rosters()
