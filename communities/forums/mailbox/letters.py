"""One mail of an mbox: who wrote what when, or why that cannot be said."""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import errors, message_from_bytes
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from communities.forums.mailbox import wording
from communities.forums.mailbox.charsets import header, to_text
from communities.forums.mailbox.wording import Wording
from network.foundations import richtext

#: Mail as we know it begins with RFC 561; nothing is older.
_OLDEST = datetime(1973, 1, 1, tzinfo=UTC)
_ID = re.compile(r"<([^<>\s]{1,380})>")
_REPLY = re.compile(
    r"^\s*(?:(?:re|aw|sv|antw|rép|rif|fwd?|отв|ответ|回复|答复|回覆|رد)\s*(?:\[\d+\])?\s*[:：]\s*)+",
    re.IGNORECASE,
)
_LIST_NAME = re.compile(r"^\s*\[[^\]]{1,40}\]\s*")


class Unreadable(Exception):
    """Why a mail is left out, in words for whoever runs the import."""


@dataclass(frozen=True)
class Attachment:
    name: str
    content: bytes


@dataclass(frozen=True)
class Head:
    """What is needed to put a mail in its place."""

    message_id: str
    refers_to: tuple[str, ...]
    subject: str
    is_reply: bool
    sent_at: datetime
    sender: str
    name: str


@dataclass(frozen=True)
class Letter:
    head: Head
    wording: Wording
    attachments: list[Attachment] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def read_head(raw: bytes) -> Head:
    """Raises ``Unreadable`` where sender or date cannot be made out."""
    message = _parsed(raw)
    sender, name = _sender(message)
    subject, is_reply = plain_subject(header(message["Subject"]))
    found = _ID.search(header(message["Message-ID"]))
    return Head(
        message_id=found.group(1) if found else _made_up(raw),
        refers_to=_references(message),
        subject=subject,
        is_reply=is_reply,
        sent_at=_date(message),
        sender=sender,
        name=name,
    )


def read(raw: bytes, head: Head) -> Letter:
    """The whole mail; raises ``Unreadable`` rather than giving a part of it."""
    message = _parsed(raw)
    body, attachments, left_out = _parts(message)
    if not body.html and not body.folded and not attachments:
        raise Unreadable("it holds no text")
    if not body.html:
        body = Wording(body.folded) if body.folded else Wording("<p>…</p>")
    return Letter(head=head, wording=body, attachments=attachments, left_out=left_out)


def _parsed(raw: bytes) -> Message:
    message = message_from_bytes(raw)
    if not message.keys():
        raise Unreadable("it has no headers")
    return message


def plain_subject(subject: str) -> tuple[str, bool]:
    """The subject without the name of the list and the marks of replies, and whether it had such marks."""
    is_reply = False
    while True:
        shorter = _LIST_NAME.sub("", subject)
        without = _REPLY.sub("", shorter)
        is_reply = is_reply or without != shorter
        if without == subject:
            return subject.strip(), is_reply
        subject = without


def _sender(message: Message) -> tuple[str, str]:
    name, address = parseaddr(header(message["From"]))
    address = address.replace(" at ", "@").strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise Unreadable("its sender has no readable address") from None
    if len(address) > 254:
        raise Unreadable("its sender has no readable address")
    return address, richtext.to_text(name)[:150] if "<" in name else name[:150]


def _references(message: Message) -> tuple[str, ...]:
    """The mails that it answers, the nearest last."""
    older = _ID.findall(header(message["References"]))
    nearest = _ID.findall(header(message["In-Reply-To"]))[:1]
    return tuple(dict.fromkeys([*older, *nearest]))


def _date(message: Message) -> datetime:
    """When it was sent by its own word; where that cannot be, when the last server received it."""
    received = [header(value).rpartition(";")[2] for value in message.get_all("Received", [])]
    for value in [header(message["Date"]), *received]:
        try:
            told = parsedate_to_datetime(value.strip())
        except (TypeError, ValueError, IndexError, OverflowError):
            continue
        told = told if told.tzinfo else told.replace(tzinfo=UTC)
        if _OLDEST < told < timezone.now() + timedelta(days=1):
            return told
    raise Unreadable("it has no readable date")


def _made_up(raw: bytes) -> str:
    """An id for a mail without one: the same whenever the same mail is read."""
    return f"{hashlib.sha256(raw.strip()).hexdigest()[:40]}@imported.invalid"


def made_up_for(raw: bytes) -> str:
    """An id for a mail whose own was used by another one before it."""
    return _made_up(raw)


def _parts(message: Message) -> tuple[Wording, list[Attachment], list[str]]:
    """The text, the files, and the names of what cannot be kept."""
    texts: list[Wording] = []
    attachments: list[Attachment] = []
    left_out: list[str] = []
    for part in _leaves(message):
        kind, name = part.get_content_type(), _file_name(part)
        if kind == "message/rfc822":
            left_out.append(name or "forwarded message")
        elif kind in ("text/plain", "text/html") and not name and not _is_attached(part):
            texts.append(_text(part, kind))
        elif kind.startswith("multipart/"):
            continue
        else:
            attachments.append(Attachment(name or "file", _bytes(part)))
    html = "".join(text.html for text in texts)
    folded = "".join(text.folded for text in texts)
    return Wording(html, folded), attachments, left_out


def _leaves(part: Message):
    """The parts that count: of alternatives the plain one, of a forwarded mail only that it was there."""
    _check_whole(part)
    if part.get_content_type() == "message/rfc822" or not part.is_multipart():
        yield part
        return
    parts = part.get_payload()
    if part.get_content_type() == "multipart/alternative":
        parts = [_best(parts)] if parts else []
    for inner in parts:
        yield from _leaves(inner)


def _best(alternatives: list[Message]) -> Message:
    """Plain text where it holds words, else the last, which is the richest."""
    for part in alternatives:
        if part.get_content_type() == "text/plain" and _bytes(part).strip():
            return part
    return alternatives[-1]


_CUT = (errors.CloseBoundaryNotFoundDefect, errors.InvalidBase64LengthDefect)


def _check_whole(part: Message) -> None:
    if any(isinstance(defect, _CUT) for defect in part.defects):
        raise Unreadable("it is cut off in the middle")


def _is_attached(part: Message) -> bool:
    return part.get_content_disposition() == "attachment"


def _file_name(part: Message) -> str:
    name = header(part.get_filename() or "")
    return re.sub(r"[/\\\x00-\x1f]", "_", name)[-200:]


def _bytes(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    _check_whole(part)
    return content if isinstance(content, bytes) else b""


def _text(part: Message, kind: str) -> Wording:
    text = to_text(_bytes(part), str(part.get_param("charset", "") or ""))
    try:
        if kind == "text/html":
            return wording.of_html(text)
        return wording.of_plain(text, flowed=str(part.get_param("format", "")).lower() == "flowed")
    except ValidationError as error:
        raise Unreadable(f"its text cannot be taken in ({error.messages[0]})") from None
