"""What the worker does for accounts without being asked."""

from network.accounts import actions


def tidy() -> None:
    """Once an hour: open accounts whose suspension has run out, drop what has been kept long enough."""
    actions.lift_run_out()
    actions.drop_expired_exports()
    actions.drop_keys_that_are_over()
    actions.forget_devices()
    actions.forget_looks()
    actions.forget_invitations()
    actions.forget_merges()
    actions.forget_never_confirmed()
