"""What the worker does for people by the clock."""

from network.experts import actions
from network.experts.actions import endorsements, freshness


def tidy_lists() -> int:
    """Once an hour: what was kept of lists, files taken out and invitations to them go in their time."""
    actions.tidy_lists()
    return actions.drop_old_exports() + actions.forget_unanswered_shares()


def tidy() -> None:
    """Drop drafts of profiles that nobody came back to, and messages whose time is over."""
    actions.drop_old_drafts()
    actions.drop_old_messages()


def follow_days() -> int:
    """Endorsements begin and end by the calendar."""
    return endorsements.follow_days()


def keep_rosters() -> int:
    """Ask, remind, mark, warn and end what is due on rosters."""
    return freshness.keep_rosters()
