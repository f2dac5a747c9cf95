"""What the worker does for consent without being asked."""

from network.consent import actions, opened


def settle() -> int:
    """Every minute: finish withdrawals that a crash interrupted, take back files that nginx handed out."""
    opened.sweep()
    return actions.settle_all()


def sweep_files() -> int:
    """Every hour: sealed files that nothing speaks of any more."""
    return actions.sweep_files()
