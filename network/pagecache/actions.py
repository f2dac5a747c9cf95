"""Saying that something has changed which pages show."""

from network.outbox.actions import move_on


def bump(*tags: str) -> None:
    """Give out no page any more that carries one of ``tags``; call it in the transaction of the deed.

    One question. The rows stay locked until the transaction ends, so a tag that everybody's deeds would bump
    makes everybody wait: lists that only reorder themselves are kept for a short time instead.
    """
    move_on(tags)
