"""One mail: who wrote what when, or why that cannot be said."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import errors, message_from_bytes
from email.message import Message
from email.utils import getaddresses, parseaddr, parsedate_to_datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from network.foundations import richtext
from network.notifications.inbound import wording
from network.notifications.inbound.charsets import header, to_text
from network.notifications.inbound.unpacking import is_packed, unpack
from network.notifications.inbound.wording import Wording

#: Our own copies tell the title of the thread as it is, whatever it begins with.
OWN_TITLE = "X-Thread-Title"
#: Exports of Google say which mails it showed together.
_GOOGLES_THREAD = "X-GM-THRID"
#: Where a list writes its own address over the sender's, this is hers.
_OVERWRITTEN = "X-Original-From"
#: Mail as we know it begins with RFC 561; nothing is older.
_OLDEST = datetime(1973, 1, 1, tzinfo=UTC)
_ID = re.compile(r"<([^<>\s]{1,380})>")
_REPLY = re.compile(
    r"^\s*(?:(?:re|aw|sv|antw|rép|rif|fwd?|отв|ответ|回复|答复|回覆|رد)\s*(?:\[\d+\])?\s*[:：]\s*)+",
    re.IGNORECASE,
)
_LIST_NAME = re.compile(r"^\s*\[[^\]]{1,40}\]\s*")


#: A text is not longer, whatever a mail holds.
_LONGEST_TEXT = 1024 * 1024


class Unreadable(Exception):
    """Why a mail is left out, in words for whoever runs the import."""


@dataclass(frozen=True)
class Attachment:
    name: str
    content: bytes


@dataclass(frozen=True)
class Head:
    """What is needed to put a mail in its place; ``conversation`` is what its server calls them all.

    ``is_answer``: where it comes from, it was accepted as the answer to the question that began it.
    """

    message_id: str
    refers_to: tuple[str, ...]
    subject: str
    is_reply: bool
    sent_at: datetime
    sender: str
    name: str
    conversation: str = ""
    tags: tuple[str, ...] = ()
    is_answer: bool = False


@dataclass(frozen=True)
class Letter:
    head: Head
    wording: Wording
    attachments: list[Attachment] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def read_head(raw: bytes, at: datetime | None = None) -> Head:
    """Raises ``Unreadable`` where sender or date cannot be made out.

    ``at`` is for a mail that arrives today: it stands in for a date that cannot be read, and the sender is
    the one whom mail servers vouch for, not the one whom a list wrote down.
    """
    return head_of(parsed(raw), at, raw)


def head_of(message: Message, at: datetime | None = None, raw: bytes | None = None) -> Head:
    """``read_head`` of a mail that is parsed already."""
    sender, name = _sender(message, *([_OVERWRITTEN] if at is None else []))
    subject, is_reply = plain_subject(header(message["Subject"]))
    if message[OWN_TITLE]:
        subject = header(message[OWN_TITLE]).strip()
    return Head(
        message_id=message_id_of(message) or _made_up(message.as_bytes() if raw is None else raw),
        refers_to=_references(message),
        subject=subject,
        is_reply=is_reply,
        sent_at=_date(message, at),
        sender=sender,
        name=name,
        conversation=header(message[_GOOGLES_THREAD]),
    )


def read(raw: bytes, head: Head) -> Letter:
    """The whole mail; raises ``Unreadable`` rather than giving a part of it."""
    return written(parsed(raw), head)


def written(message: Message, head: Head, *, archived: bool = True) -> Letter:
    """What a parsed mail holds.

    One from an archive is taken whole or not at all, and where all of it is quoted, that is its text. One
    that arrives today may lack the end of its last part, as some programs leave it, and hold no own words.
    """
    body, attachments, left_out = _parts(message, archived)
    if not archived:
        return Letter(head=head, wording=body, attachments=attachments, left_out=left_out)
    if not body.html and not body.folded and not attachments:
        raise Unreadable("it holds no text")
    if not body.html:
        body = Wording(body.folded) if body.folded else Wording("<p>…</p>")
    return Letter(head=head, wording=body, attachments=attachments, left_out=left_out)


def parsed(raw: bytes) -> Message:
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


def _sender(message: Message, *sooner: str) -> tuple[str, str]:
    """Name and address; ``sooner`` are headers that know better than From."""
    said = next((message[name] for name in sooner if message[name]), message["From"])
    name, address = parseaddr(header(said)[:2000])
    address = address.replace(" at ", "@").strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise Unreadable("its sender has no readable address") from None
    if len(address) > 254:
        raise Unreadable("its sender has no readable address")
    return address, richtext.to_text(name)[:150] if "<" in name else name[:150]


def sender_of(message: Message) -> str:
    """The one address in From; empty where there is none, or more than one."""
    if len(message.get_all("From", [])) != 1 or len(getaddresses([header(message["From"])[:2000]])) != 1:
        return ""
    try:
        return _sender(message)[0]
    except Unreadable:
        return ""


def message_id_of(message: Message) -> str:
    """As it stands there, without the brackets; empty where it is missing, broken or endless."""
    found = _ID.search(header(message["Message-ID"]))
    return found.group(1) if found else ""


def _references(message: Message) -> tuple[str, ...]:
    """The mails that it answers, the nearest last."""
    older = _ID.findall(header(message["References"]))
    nearest = _ID.findall(header(message["In-Reply-To"]))[:1]
    return tuple(dict.fromkeys([*older, *nearest]))


def _date(message: Message, at: datetime | None) -> datetime:
    """When it was sent by its own word; where that cannot be, when the last server received it."""
    received = [header(value).rpartition(";")[2] for value in message.get_all("Received", [])]
    for value in [header(message["Date"]), *received]:
        try:
            told = parsedate_to_datetime(value.strip())
        except (TypeError, ValueError, IndexError, OverflowError):
            continue
        told = told if told.tzinfo else told.replace(tzinfo=UTC)
        if is_plausible(told):
            return told
    if at is not None:
        return at
    raise Unreadable("it has no readable date")


def is_plausible(told: datetime) -> bool:
    """Whether anybody can have written then."""
    return _OLDEST < told < timezone.now() + timedelta(days=1)


def _made_up(raw: bytes) -> str:
    """An id for a mail without one: the same whenever the same mail is read."""
    return f"{hashlib.sha256(raw.strip()).hexdigest()[:40]}@imported.invalid"


def made_up_for(raw: bytes) -> str:
    """An id for a mail whose own was used by another one before it."""
    return _made_up(raw)


def _parts(message: Message, whole: bool) -> tuple[Wording, list[Attachment], list[str]]:
    """The text, the files, and the names of what cannot be kept."""
    texts: list[Wording] = []
    attachments: list[Attachment] = []
    left_out: list[str] = []
    for part in _leaves(message, whole):
        kind, name = part.get_content_type(), _file_name(part)
        if kind == "message/rfc822":
            left_out.append(name or "forwarded message")
        elif kind in ("text/plain", "text/html") and not name and not _is_attached(part):
            texts.append(_text(part, kind, whole))
        elif kind.startswith("multipart/"):
            if not whole:  # it does not say where its parts begin: what is there is its text
                texts.append(_worded(to_text(_bytes(part, whole)), is_html=False))
        elif is_packed(kind, name):
            packed = unpack(_bytes(part, whole))
            attachments += [Attachment(clean_name(file), content) for file, content in packed.files]
            left_out += packed.left_out
            if packed.text and not texts:
                texts.append(_worded(packed.text, packed.is_html))
        else:
            attachments.append(Attachment(name or "file", _bytes(part, whole)))
    html = "".join(text.html for text in texts)
    folded = "".join(text.folded for text in texts)
    return Wording(html, folded), attachments, left_out


def _leaves(part: Message, whole: bool) -> Iterator[Message]:
    """The parts that count: of alternatives the plain one, of a forwarded mail only that it was there."""
    if whole:
        _check_whole(part)
    if part.get_content_type() == "message/rfc822" or not part.is_multipart():
        yield part
        return
    parts = part.get_payload()
    if part.get_content_type() == "multipart/alternative":
        parts = [_best(parts, whole)] if parts else []
    for inner in parts:
        yield from _leaves(inner, whole)


def _best(alternatives: list[Message], whole: bool) -> Message:
    """Plain text where it holds words, else the last, which is the richest."""
    for part in alternatives:
        if part.get_content_type() == "text/plain" and _bytes(part, whole).strip():
            return part
    return alternatives[-1]


_CUT = (errors.CloseBoundaryNotFoundDefect, errors.InvalidBase64LengthDefect)


def _check_whole(part: Message) -> None:
    if any(isinstance(defect, _CUT) for defect in part.defects):
        raise Unreadable("it is cut off in the middle")


def _is_attached(part: Message) -> bool:
    return part.get_content_disposition() == "attachment"


def _file_name(part: Message) -> str:
    return clean_name(header(part.get_filename() or ""))


def clean_name(name: str) -> str:
    return re.sub(r"[/\\\x00-\x1f]", "_", name)[-200:]


def _bytes(part: Message, whole: bool) -> bytes:
    content = part.get_payload(decode=True)
    if whole:
        _check_whole(part)
    return content if isinstance(content, bytes) else b""


def _text(part: Message, kind: str, whole: bool) -> Wording:
    content = _bytes(part, whole)
    if len(content) > _LONGEST_TEXT:
        raise Unreadable("its text is too long")
    text = to_text(content, str(part.get_param("charset", "") or ""))
    return _worded(text, kind == "text/html", str(part.get_param("format", "")).lower() == "flowed")


def _worded(text: str, is_html: bool, flowed: bool = False) -> Wording:
    try:
        return wording.of_html(text) if is_html else wording.of_plain(text, flowed=flowed)
    except ValidationError as error:
        raise Unreadable(f"its text cannot be taken in ({error.messages[0]})") from None


def words_of_html(text: str) -> str:
    """HTML as lines of plain text; raises ``Unreadable`` where it cannot be taken in."""
    try:
        return richtext.to_text(richtext.clean(text))
    except ValidationError as error:
        raise Unreadable(f"its text cannot be taken in ({error.messages[0]})") from None
