"""The mail inside a mail: attached as a whole, or put below a line that says so."""

import re
from dataclasses import replace
from email.message import Message
from email.utils import parseaddr

from network.notifications.inbound import letters, wording
from network.notifications.inbound.charsets import header, to_text
from network.notifications.inbound.letters import Letter, Unreadable
from network.notifications.inbound.wording import FORWARDS, FROM_LABEL
from network.notifications.models import IncomingMail

_ADDRESS = re.compile(r"[^\s<>()\[\]:;,\"]+@[\w.-]+\.\w+")
_SUBJECT = re.compile(
    r"[\s*>]*(?:subject|objet|asunto|тема|主题|betreff|الموضوع)\s?\*?\s?[:：]\s*\*?\s*(?P<value>.{0,300})",
    re.I,
)
#: A head that programs write above a forwarded mail has no more lines than that.
_LONGEST_HEAD = 12


def find(message: Message, mail: IncomingMail) -> Letter:
    """The forwarded mail, with its own sender; raises ``Unreadable`` where there is none."""
    for part in message.walk():
        if part.get_content_type() == "message/rfc822":
            payload = part.get_payload()
            if isinstance(payload, list) and payload:
                inner = payload[0]
                return letters.written(inner, letters.head_of(inner, mail.arrived_at), archived=False)
    return _inline(message, mail)


def _inline(message: Message, mail: IncomingMail) -> Letter:
    outer = letters.head_of(message, mail.arrived_at)
    lines = _plain(message).replace("\r\n", "\n").split("\n")
    for number, line in enumerate(lines):
        if FORWARDS.fullmatch(line):
            return _below(lines[number + 1 :], outer)
    for number, line in enumerate(lines):
        if FROM_LABEL.fullmatch(line) and _ADDRESS.search(line):
            return _below(lines[number:], outer)
    raise Unreadable("it holds no forwarded mail")


def _below(lines: list[str], outer: letters.Head) -> Letter:
    """Head and words of the mail that begins here."""
    sender = name = subject = ""
    end = 0
    while end < len(lines) and not lines[end].strip():
        end += 1
    begin = end
    while end < len(lines) and lines[end].strip() and end < begin + _LONGEST_HEAD:
        line = lines[end]
        if (found := FROM_LABEL.fullmatch(line)) and not sender:
            sender, name = _who(found["value"])
        elif found := _SUBJECT.fullmatch(line):
            subject = letters.plain_subject(found["value"].strip(" *"))[0]
        end += 1
    if not sender:
        raise Unreadable("it does not say who wrote the forwarded mail")
    text = "\n".join(line.removeprefix("> ").removeprefix(">") for line in lines[end:])
    head = replace(outer, sender=sender, name=name, subject=subject or outer.subject)
    return Letter(head=head, wording=wording.of_plain(text))


def _who(value: str) -> tuple[str, str]:
    found = _ADDRESS.search(value)
    name = parseaddr(value)[0] or value.partition("<")[0].strip(' "*')
    return (found.group().lower(), name[:150]) if found else ("", "")


def _plain(message: Message) -> str:
    """The first plain text, else the words of the first HTML."""
    for kind in ("text/plain", "text/html"):
        for part in message.walk():
            if part.get_content_type() == kind and not part.get_filename():
                content = part.get_payload(decode=True)
                if isinstance(content, bytes) and content.strip():
                    text = to_text(content, header(part.get_param("charset", "") or ""))
                    return text if kind == "text/plain" else letters.words_of_html(text)
    return ""
