"""Who wrote a mail: a person, or a machine (RFC 3834, RFC 3464). What machines write is never posted."""

import re
from email.message import Message

from network.notifications.addressing import host
from network.notifications.enums import IncomingReason
from network.notifications.inbound.charsets import header
from network.notifications.inbound.letters import message_id_of, sender_of
from network.notifications.models import OutgoingMail

#: A line that each mail of ours carries; whoever sends it back to us is a machine.
OWN_MARK = "X-Network-Mail"
_SUBJECT = re.compile(
    r"\s*(?:automatic(?:ally generated)? (?:reply|response)|auto(?:matic)?[- ]?(?:reply|response)"
    r"|out of (?:the )?office"
    r"|réponse automatique|absence du bureau|message d.absence"
    r"|respuesta autom[áa]tica|fuera de la oficina"
    r"|автоматический ответ|автоответ|нет на месте"
    r"|自动(?:回复|答复)|自動回覆|رد تلقائي|الرد التلقائي|خارج المكتب|automatische antwort|abwesenheitsnotiz)"
    r"\s*(?:[:：(–—-].*)?",
    re.IGNORECASE,
)
#: Old servers write a letter where others write a report.
DAEMON = re.compile(r"(?:mailer-daemon|postmaster)@", re.IGNORECASE)
_BULK = {"bulk", "junk", "auto_reply", "auto-reply"}
_AUTO_HEADERS = ("X-Autoreply", "X-Autorespond", "X-Autoresponder", "X-Mail-Autoreply", "X-AutoReply-From")
_LIST_HEADERS = ("List-Id", "List-Post", "Mailing-List", "X-Mailing-List")


def machine(message: Message, envelope_from: str) -> IncomingReason | None:
    """Which kind of machine wrote it; None where a person did."""
    if is_report(message):
        return IncomingReason.BOUNCE
    if _is_own(message):
        return IncomingReason.LOOP
    if _is_automatic(message) or DAEMON.match(sender_of(message)) or not envelope_from.strip("<> "):
        return IncomingReason.AUTOMATIC
    precedence = header(message["Precedence"]).lower()
    if precedence == "list" or any(message[name] for name in _LIST_HEADERS):
        return IncomingReason.LIST
    return None


def is_report(message: Message) -> bool:
    """A mail server tells what became of a mail."""
    kind = str(message.get_param("report-type", "") or "").lower()
    return message.get_content_type() == "multipart/report" and kind == "delivery-status"


def _is_own(message: Message) -> bool:
    if header(message[OWN_MARK]) == host():
        return True
    own = message_id_of(message)
    return bool(own) and OutgoingMail.objects.filter(message_id=f"<{own}>").exists()


def _is_automatic(message: Message) -> bool:
    submitted = header(message["Auto-Submitted"]).lower()
    if submitted and submitted.split(";")[0].strip() != "no":
        return True
    if message.get_content_type() == "multipart/report":  # a receipt
        return True
    if any(message[name] for name in _AUTO_HEADERS) or header(message["Precedence"]).lower() in _BULK:
        return True
    return bool(_SUBJECT.fullmatch(header(message["Subject"])[:200]))
