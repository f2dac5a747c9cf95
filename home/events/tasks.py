"""The worker's side of events, by the clock."""

from home.events import actions


def settle() -> int:
    return actions.settle_due()


def remind() -> int:
    return actions.remind_due()


def forget_needs() -> int:
    return actions.forget_needs()
