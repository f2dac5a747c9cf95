"""Keeping a mail that came, once: whoever delivers it again is told yes and nothing more happens."""

import hashlib
from datetime import datetime
from email import message_from_bytes
from email.message import Message

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from network.notifications.inbound import letters, raw, trust
from network.notifications.inbound.charsets import header
from network.notifications.models import IncomingMail

#: A head is not longer, whatever a mail begins with.
_LONGEST_HEAD = 512 * 1024
#: Lines that differ from one delivery of a mail to the next are not among these.
_SAME = ("From", "Date", "Subject", "In-Reply-To")


def keep(
    *, content: bytes, recipient: str, envelope_from: str | None, received_at: datetime | None = None
) -> IncomingMail:
    """Keep a mail for one recipient, and have it read soon.

    ``envelope_from`` is None where no mail server told it. After this returns the mail is ours: it is written
    down, with its bytes in the vault.
    """
    head = head_of(content)
    recipient = recipient.strip("<> ").lower()[:320]
    digest = _digest(head, content, recipient)
    if known := _again(digest):
        return known
    now = received_at or timezone.now()
    sender = letters.sender_of(head)
    arrived_at = trust.arrived_at(head, min(now, timezone.now()))
    path = raw.keep(content)
    try:
        with transaction.atomic():
            mail = IncomingMail.objects.create(
                digest=digest,
                recipient=recipient,
                sender=sender,
                envelope_from=_plain(sender if envelope_from is None else envelope_from)[:320],
                message_id=letters.message_id_of(head),
                path=path,
                size=len(content),
                arrived_at=arrived_at,
                counts_at=trust.counts_at(head, arrived_at),
            )
            transaction.on_commit(hasten, robust=True)
            return mail
    except IntegrityError:  # another receiver was faster; the file that nobody knows of is swept
        if known := _again(digest):
            return known
        raise


def head_of(content: bytes) -> Message:
    """The head alone, however long the mail is."""
    start = content[:_LONGEST_HEAD].replace(b"\r\n", b"\n").lstrip(b"\n")
    return message_from_bytes(start.partition(b"\n\n")[0] + b"\n\n")


def hasten() -> None:
    """Do not wait for the timetable. Several at once do no harm: each mail is taken by one."""
    from django_q.tasks import async_task

    async_task("network.notifications.tasks.read_incoming", task_name="mail in", save=False)


def _digest(head: Message, content: bytes, recipient: str) -> str:
    """Names a mail to one recipient. Its id is not enough: whoever knows it could send another under it."""
    message_id = letters.message_id_of(head)
    said = [recipient, message_id, *(header(head[name])[:2000] for name in _SAME)]
    if not message_id:
        said.append(hashlib.sha256(content.partition(b"\n\r\n")[2] or content).hexdigest())
    return hashlib.sha256("\x00".join(said).encode("utf-8", "surrogatepass")).hexdigest()


def _again(digest: str) -> IncomingMail | None:
    IncomingMail.objects.filter(digest=digest).update(deliveries=F("deliveries") + 1)
    return IncomingMail.objects.filter(digest=digest).first()


def _plain(address: str) -> str:
    """Without what no column takes."""
    return address.replace("\x00", "").encode("utf-8", "replace").decode().strip("<> ")
