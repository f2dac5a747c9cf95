"""The worker's side: digests gathered, mails out, mails in, and old ones forgotten."""

from network.notifications import digests, sending
from network.notifications.inbound import working


def send_due() -> int:
    return sending.send_all()


def gather_digests() -> int:
    """Write the digests whose hour has come; the mails go out with the others."""
    return digests.gather()


def forget_mails() -> int:
    return sending.forget()


def read_incoming() -> int:
    return working.read_due()


def forget_incoming() -> int:
    return working.forget()
