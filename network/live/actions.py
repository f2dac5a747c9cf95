"""Deeds of the room ``live``."""

from django.db import transaction

from network.outbox.actions import announce


@transaction.atomic
def ask_again(*, user_id: int) -> None:
    """End this person's sockets: whatever she may still follow, her browser asks for anew.

    Call it in the transaction that signs her out, suspends her or takes a membership or a role from her.
    It makes the end quick and visible. Delivery does not depend on it: before each one a stream that is not
    open to everyone asks who is there and what she may see.
    """
    announce(f"person:{user_id}", "live.ask_again")
