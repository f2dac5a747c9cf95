"""Mails on their way out.

A worker takes a mail by one conditional update: of two that try, one gets it. It holds no transaction while
it talks to the server. If it dies in between, the mail is due again when its lease runs out. So a mail is
never lost, never sent by two workers, and sent twice only if a worker dies between the server's yes and our
note of it; then both copies carry the same Message-ID, which mail programs show once. SMTP allows no better.
"""

import logging
import time
from datetime import timedelta
from smtplib import (
    SMTPConnectError,
    SMTPHeloError,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPResponseException,
)

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from network.notifications.composing import compose
from network.notifications.enums import MailState
from network.notifications.models import OutgoingMail

logger = logging.getLogger(__name__)

#: How long a worker may take for one mail before another one takes it over.
LEASE = timedelta(minutes=10)
#: Pauses between tries; after the last one an administrator has to look.
PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240)]
MAX_TRIES = len(PAUSES) + 1
#: How long we remember that a mail was sent.
KEPT = timedelta(days=90)


def send_due(limit: int = 200) -> int:
    """Send what is due over one connection; returns how many left the house.

    A server that cannot be reached costs one mail a try, not every mail that waits: the others stay due.
    """
    sent = 0
    connection = get_connection()
    try:
        for pk in list(OutgoingMail.objects.due().values_list("pk", flat=True)[:limit]):
            if OutgoingMail.objects.claim(pk, until=timezone.now() + LEASE):
                mail = OutgoingMail.objects.select_related("recipient").get(pk=pk)
                try:
                    sent += _send(mail, connection)
                except _OutOfReach:
                    break
    finally:
        connection.close()
    return sent


def send_all(within: timedelta = timedelta(minutes=3)) -> int:
    """Send batch after batch until nothing is due, the server is away or the time is over."""
    until = time.monotonic() + within.total_seconds()
    total = 0
    while (sent := send_due()) and time.monotonic() < until:
        total += sent
    return total + sent


class _OutOfReach(Exception):
    """The server did not talk to us at all."""


def forget() -> int:
    """Delete what was settled long ago; returns how many."""
    return OutgoingMail.objects.settled_before(timezone.now() - KEPT).delete()[0]


def _send(mail: OutgoingMail, connection: BaseEmailBackend) -> bool:
    try:
        message = compose(mail)
        if message is None:
            return _note(mail, MailState.NOTHING)
        message.connection = connection
        message.send()
    except Exception as error:
        logger.warning("Mail %s was not accepted: %s.", mail.message_id, type(error).__name__)
        connection.close()  # whatever state the conversation is in, the next mail begins a new one
        _postpone(mail, error)
        if _is_out_of_reach(error):
            raise _OutOfReach from error
        return False
    _note(mail, MailState.SENT, sent_at=timezone.now())
    return True


def _note(mail: OutgoingMail, state: MailState, **fields) -> bool:
    OutgoingMail.objects.filter(pk=mail.pk).update(state=state, error=fields.pop("error", ""), **fields)
    return False


def _postpone(mail: OutgoingMail, error: Exception) -> bool:
    """Later, or never where the no is final. We keep the error's class and code: its text may hold words."""
    said = f"{type(error).__name__} {_code(error) or ''}".strip()
    if mail.attempts >= MAX_TRIES or _is_final(error):
        return _note(mail, MailState.FAILED, error=said)
    return _note(mail, MailState.QUEUED, error=said, next_try_at=timezone.now() + PAUSES[mail.attempts - 1])


def _code(error: Exception) -> int | None:
    if isinstance(error, SMTPRecipientsRefused):
        return max((code for code, _text in error.recipients.values()), default=None)
    return error.smtp_code if isinstance(error, SMTPResponseException) else None


def _is_out_of_reach(error: Exception) -> bool:
    """No answer, or none to our greeting; what a server says about one mail is not meant."""
    if isinstance(error, SMTPConnectError | SMTPHeloError):
        return True
    about_one_mail = SMTPResponseException | SMTPRecipientsRefused | SMTPNotSupportedError
    return isinstance(error, OSError) and not isinstance(error, about_one_mail)


def _is_final(error: Exception) -> bool:
    """55x to the recipient or the message is for ever; 53x to our sign-in is ours to mend, worth a retry."""
    code = _code(error)
    return code is not None and 550 <= code <= 559
