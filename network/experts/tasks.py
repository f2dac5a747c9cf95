"""What the worker does by the clock."""

from network.experts import actions


def tidy_lists() -> int:
    """Files whose day is over, and addresses that nobody answers to, are not kept."""
    return actions.drop_old_exports() + actions.forget_unanswered_shares()
