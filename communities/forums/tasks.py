"""What the worker does for forums by the clock."""

from communities.forums import actions


def call_finally() -> int:
    """Every minute: members are told that the last days of a forum have begun."""
    return actions.call_finally()


def let_out_due() -> int:
    """Every minute: threads appear whose time has come."""
    return actions.let_out_due()


def remind() -> int:
    return actions.remind()


def sweep_drafts() -> int:
    return actions.sweep_drafts()
