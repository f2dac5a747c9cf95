"""What the worker does for profiles by the clock."""

from network.experts import actions


def tidy() -> None:
    """Drop drafts that nobody came back to, and messages whose time is over."""
    actions.drop_old_drafts()
    actions.drop_old_messages()
