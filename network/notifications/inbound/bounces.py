"""Mails of ours that did not arrive: noted, and an address that does not work gets none for a while.

Each mail goes out with a return address of its own (``bounce+<token>``), so that a report leads to the mail
that it is about, and nobody can report one that she has not seen.
"""

import re
from datetime import timedelta
from email.message import Message

from django.conf import settings
from django.db.models import Max
from django.db.models.functions import TruncDate
from django.utils import timezone

from network.notifications.actions import notify
from network.notifications.enums import BounceKind, IncomingReason, IncomingState
from network.notifications.inbound import addresses
from network.notifications.inbound.charsets import header
from network.notifications.inbound.doors import Door, Verdict
from network.notifications.inbound.letters import sender_of
from network.notifications.inbound.natures import DAEMON, is_report
from network.notifications.models import Bounce, MailSuspension, OutgoingMail

KIND = "bounce"
#: The notification by which somebody hears that her address does not work.
SUSPENDED = "notifications.suspended"
_STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
#: 5.2.2: the mailbox is full; 5.3.x and 5.4.x: a server in between; 5.7.x: policy. All may mend.
_MAY_MEND = re.compile(r"5\.(?:2\.2|3\.\d+|4\.\d+|7\.\d+)")


def return_address(mail: OutgoingMail | None = None) -> str:
    """Where a report about this mail goes, or about one that nobody need hear of; empty where no mail is
    taken."""
    return addresses.make(KIND, mail.pk if mail else 0)


def find(local: str) -> OutgoingMail | int | None:
    """The mail that a return address belongs to; its number where that is forgotten by now."""
    numbers = addresses.read(KIND, local)
    if not numbers or len(numbers) != 1:
        return None
    return OutgoingMail.objects.select_related("recipient").filter(pk=numbers[0]).first() or numbers[0]


def note(message: Message, about: OutgoingMail | int | None) -> Verdict:
    """Write down what a report says, and suspend the address where the rule asks for it."""
    if not is_report(message) and not DAEMON.match(sender_of(message)):  # whoever is away answers here too
        return Verdict(IncomingState.IGNORED, IncomingReason.AUTOMATIC)
    status, is_final = _read(message)
    ignored = Verdict(IncomingState.IGNORED, IncomingReason.BOUNCE)
    if not isinstance(about, OutgoingMail) or about.recipient is None or not status:
        return ignored
    person, address = about.recipient, about.recipient.email.lower()
    kind = BounceKind.HARD if is_final else BounceKind.SOFT
    Bounce.objects.create(person=person, address=address, kind=kind, status=status)
    if (is_final or _too_many(address)) and not MailSuspension.objects.of(address).exists():
        made = MailSuspension.objects.create(person=person, address=address, kind=kind, status=status)
        notify(kind=SUSPENDED, recipients=[person.pk], ids={"suspension": made.pk})
    return Verdict(IncomingState.IGNORED, IncomingReason.BOUNCE, person=person)


def _too_many(address: str) -> bool:
    """Refused for the time being on several days, or several times, within the days of the rule. Reports from
    before she last asked for mail again do not count."""
    since = timezone.now() - timedelta(days=settings.MAIL_SOFT_BOUNCE_DAYS)
    lifted = MailSuspension.objects.filter(address=address).aggregate(last=Max("lifted_at"))["last"]
    since = max(since, lifted or since)
    found = Bounce.objects.filter(address=address, at__gte=since)
    days = found.annotate(day=TruncDate("at")).values("day").distinct().count()
    return found.count() >= settings.MAIL_SOFT_BOUNCES and days > 1


def _read(message: Message) -> tuple[str, bool]:
    """The status of a report and whether it is final; empty where it tells of no failure."""
    if not is_report(message):
        return "4.0.0", False
    for part in message.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        for group in _groups(part):
            action = header(group["Action"]).lower()
            found = _STATUS.search(header(group["Status"]))
            if action == "failed" and found:
                status = found.group()
                return status, status.startswith("5") and not _MAY_MEND.fullmatch(status)
            if action == "delayed" and found:
                return "", False  # it is still being tried
    return "", False


def _groups(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [group for group in payload if isinstance(group, Message)] if isinstance(payload, list) else []


def _take(place: object, parcel: object) -> Verdict:
    raise RuntimeError("Reports are noted, never posted.")


DOOR = Door(find=find, take=_take)


def lift(person_id: int) -> int:
    """She wants mails again; returns how many of her addresses were suspended."""
    return MailSuspension.objects.in_force().filter(person=person_id).update(lifted_at=timezone.now())


def is_suspended(address: str) -> bool:
    return MailSuspension.objects.of(address).exists()
