"""What the worker does for accounts without being asked."""

from network.accounts import actions


def tidy() -> None:
    """Once an hour: open accounts whose suspension has run out, drop copies and keys whose time is over."""
    actions.lift_run_out()
    actions.drop_expired_exports()
    actions.drop_keys_that_are_over()
