"""The worker's side: mails out."""

from network.notifications import sending


def send_due() -> int:
    return sending.send_due()
