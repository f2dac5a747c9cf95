"""The worker's side: mails out, and old ones forgotten."""

from network.notifications import sending


def send_due() -> int:
    return sending.send_due()


def forget_mails() -> int:
    return sending.forget()
