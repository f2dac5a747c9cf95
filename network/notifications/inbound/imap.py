"""Fetching mail from a mailbox: for installations to which no mail server can deliver.

What was fetched is moved, or marked as seen; a mail that was kept before is known, so a fetch that broke off
is simply started again.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.utils import getaddresses

from django.conf import settings
from imapclient import SEEN, IMAPClient

from network.notifications.inbound import addresses, intake
from network.notifications.inbound.charsets import header

#: Where servers write to whom a mail was really delivered, then what its sender wrote.
_TOLD = ("Delivered-To", "X-Original-To", "X-Delivered-To", "Envelope-To")
_WRITTEN = ("To", "Cc", "Resent-To", "Resent-Cc")
_MOST_RECIPIENTS = 20


@dataclass
class Fetched:
    """What a fetch did: mails kept, mails to none of our addresses, mails that are too big."""

    kept: int = 0
    strange: int = 0
    too_big: int = 0


@contextmanager
def mailbox() -> Iterator[IMAPClient]:
    """Signed in, as the settings say."""
    client = IMAPClient(
        settings.MAIL_IN_IMAP_HOST, port=settings.MAIL_IN_IMAP_PORT, ssl=settings.MAIL_IN_IMAP_TLS, timeout=60
    )
    with client:
        client.login(settings.MAIL_IN_IMAP_USER, settings.MAIL_IN_IMAP_PASSWORD)
        yield client


def fetch(client: IMAPClient) -> Fetched:
    """Keep every new mail of the folder, each put away before the next is asked for."""
    client.select_folder(settings.MAIL_IN_IMAP_FOLDER)
    found = Fetched()
    for uid in client.search("UNSEEN"):
        [size] = [row[b"RFC822.SIZE"] for row in client.fetch([uid], ["RFC822.SIZE"]).values()] or [0]
        if size > settings.MAIL_IN_MAX_SIZE:
            found.too_big += 1
        else:
            _keep(client, uid, found)
        _put_away(client, uid)
    return found


def _keep(client: IMAPClient, uid: int, found: Fetched) -> None:
    row = client.fetch([uid], ["BODY.PEEK[]", "INTERNALDATE"]).get(uid)
    if row is None:  # somebody else fetches from the same folder
        return
    content = row[b"BODY[]"]
    head = intake.head_of(content)
    recipients = _recipients(head)
    for recipient in recipients:
        intake.keep(
            content=content,
            recipient=recipient,
            envelope_from=header(head["Return-Path"]) if head["Return-Path"] is not None else None,
            received_at=_instant(row.get(b"INTERNALDATE")),
        )
    found.kept += bool(recipients)
    found.strange += not recipients


def _put_away(client: IMAPClient, uid: int) -> None:
    done = settings.MAIL_IN_IMAP_DONE_FOLDER
    if not done:
        client.add_flags([uid], [SEEN])
        return
    if not client.folder_exists(done):
        client.create_folder(done)
    if client.has_capability("MOVE"):
        client.move([uid], done)
        return
    client.copy([uid], done)
    client.delete_messages([uid])
    client.expunge()


def _recipients(head: Message) -> list[str]:
    """Those of our addresses that the mail was for: as a server says, else as its sender wrote."""
    for names in (_TOLD, _WRITTEN):
        lines = [header(line)[:20_000] for name in names for line in head.get_all(name, [])]
        ours = [address.lower() for _name, address in getaddresses(lines) if addresses.split(address)]
        if ours:
            return list(dict.fromkeys(ours))[:_MOST_RECIPIENTS]
    return []


def _instant(told: datetime | None) -> datetime | None:
    """The library gives it in the clock of this machine, without a zone."""
    return told.astimezone(UTC) if told else None
