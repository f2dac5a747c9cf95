"""What the worker does for consent without being asked."""

from network.consent import actions


def settle() -> int:
    """Every minute: finish withdrawals that a crash interrupted."""
    return actions.settle_all()
