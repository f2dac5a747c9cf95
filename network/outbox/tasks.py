"""The worker's side of the outbox."""

from network.outbox import actions


def work_off() -> int:
    return actions.work_off()


def prune() -> int:
    return actions.prune()
