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


def sweep_files() -> int:
    """Files that were chosen and never sent, and the words of posts that were deleted a month ago."""
    return actions.sweep_uploads() + actions.sweep_deleted()
