"""Mails as they come in: written here, or out of the corpus."""

from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

from django.utils import timezone

from network.notifications.inbound import intake, working
from network.notifications.models import IncomingMail

CORPUS = Path(__file__).parent / "corpus"


def mail(sender: str, to: str, text: str = "By night.", *, html: str = "", **headers: str) -> bytes:
    """A mail of today; ``headers`` with underscores for hyphens."""
    message = EmailMessage()
    message["From"], message["To"] = sender, to
    message["Subject"] = headers.pop("Subject", "Re: Crabs")
    message["Message-ID"] = headers.pop("Message_ID", f"<{timezone.now().timestamp()}@post.example>")
    message["Date"] = headers.pop("Date", format_datetime(timezone.now()))
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    return message.as_bytes()


def corpus(name: str, sender: str = "", to: str = "") -> bytes:
    """A real message, with the people of a test in its head."""
    raw = (CORPUS / name).read_bytes()
    return raw.replace(b"SENDER@EXAMPLE", sender.encode()).replace(b"TO@EXAMPLE", to.encode())


def arrives(
    content: bytes, to: str, envelope_from: str | None = "somebody@post.example", **more
) -> IncomingMail:
    """It is delivered and read at once."""
    kept = intake.keep(content=content, recipient=to, envelope_from=envelope_from, **more)
    working.read_due()
    kept.refresh_from_db()
    return kept
