"""Reading what came in: each mail through its door, in one transaction with the deed that it does.

A worker takes a mail by one conditional update and a lease. If it dies, nothing that it wrote remains, and
the mail is due again when the lease runs out: so one mail is one post, however often it is tried.
"""

import logging
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from network.accounts.models import User
from network.consent import vault
from network.foundations.exceptions import Refused
from network.notifications.actions import notify
from network.notifications.enums import IncomingReason, IncomingState
from network.notifications.inbound import bounces, natures, raw
from network.notifications.inbound.doors import Verdict, lead_to
from network.notifications.inbound.letters import Unreadable
from network.notifications.inbound.parcels import Parcel
from network.notifications.models import Bounce, IncomingMail
from network.outbox.actions import announce

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=10)
PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240)]
MAX_TRIES = len(PAUSES) + 1
#: How long somebody has to say what becomes of a mail, a settled one stays sealed, and its row after that.
DECIDED_WITHIN = timedelta(days=30)
RAW_KEPT = timedelta(days=14)
ROWS_KEPT = timedelta(days=90)
#: The notification by which somebody hears that a mail waits for her word.
ASKED = "notifications.asked"
#: The stream of what became of mails, and the kinds of entry in it.
STREAM = "mail"
ANSWERED = "mail.answered"
WAITING = "mail.waiting"


def read_due(limit: int = 200) -> int:
    """Read what is due; returns how many were settled."""
    done = 0
    for pk in list(IncomingMail.objects.due().values_list("pk", flat=True)[:limit]):
        if IncomingMail.objects.claim(pk, until=timezone.now() + LEASE):
            done += _read(pk)
    return done


def _read(pk: int) -> bool:
    mail = IncomingMail.objects.get(pk=pk)
    if mail.attempts > MAX_TRIES:
        return _give_up(mail, "died")
    try:
        try:
            parcel = Parcel.open(mail)
        except (raw.Gone, Unreadable):
            return _settle_unread(mail)
        _read_ahead(parcel)
        with transaction.atomic():
            current = IncomingMail.objects.select_for_update().get(pk=pk)
            if current.state != IncomingState.RECEIVED:
                return False
            settle(current, _judge(parcel))
    except Exception as error:
        logger.exception("Incoming mail %s was not read.", pk)
        return _postpone(mail, error)
    return True


def _read_ahead(parcel: Parcel) -> None:
    """The long part of the work, before a transaction begins that others wait for."""
    try:
        _words = parcel.letter
    except Unreadable:
        return


def _settle_unread(mail: IncomingMail) -> bool:
    with transaction.atomic():
        current = IncomingMail.objects.select_for_update().get(pk=mail.pk)
        settle(current, Verdict(IncomingState.IGNORED, IncomingReason.UNREADABLE))
    return True


def _judge(parcel: Parcel) -> Verdict:
    mail = parcel.mail
    machine = natures.machine(parcel.message, mail.envelope_from)
    led = lead_to(mail.recipient)
    if machine == IncomingReason.BOUNCE or (led and led[0].post is None):
        return bounces.note(parcel.message, led and led[1])
    if machine is not None:
        return Verdict(IncomingState.IGNORED, machine)
    if led is None:
        return Verdict(IncomingState.IGNORED, IncomingReason.UNKNOWN_ADDRESS)
    if not mail.sender:
        return Verdict(IncomingState.IGNORED, IncomingReason.UNREADABLE)
    door, place = led
    author = parcel.author
    with translation.override(author.language if author else None):
        return _taken(parcel, lambda: door.take(place, parcel))


def confirmed(mail: IncomingMail, person: User) -> None:
    """She says that it is hers: it does now what it could not do before. In the caller's transaction."""
    parcel = Parcel.open(mail)
    led = lead_to(mail.recipient)
    if led is None or led[0].post is None:
        verdict = Verdict(IncomingState.RETURNED, IncomingReason.GONE, _("This place is not there any more."))
    else:
        door, place = led
        post = door.post
        verdict = _taken(parcel, lambda: post(place, parcel, person))
    # Why it could not be done may be for her alone: she reads it on the page, whoever sent the mail does not.
    settle(mail, verdict, answered=parcel.is_from(person))


def _taken(parcel: Parcel, deed) -> Verdict:
    """The verdict of a door, or the mail sent back with the sentence of whoever refused it."""
    back = {"state": IncomingState.RETURNED, "with_text": True}
    try:
        with transaction.atomic():
            return deed()
    except Unreadable:
        said = _("We could not read your mail. Write it again as plain text, or on the site.")
        return Verdict(**back | {"with_text": False}, reason=IncomingReason.UNREADABLE, said=said)
    except Refused as refused:
        return Verdict(**back, reason=IncomingReason.REFUSED, said=refused.sentence)
    except PermissionDenied as denied:
        return Verdict(**back, reason=IncomingReason.REFUSED, said=str(denied))


def settle(mail: IncomingMail, verdict: Verdict, *, answered: bool = True) -> None:
    """Write down what became of a mail, and who has to hear of it. In the caller's transaction."""
    mail.state, mail.reason, mail.said = verdict.state, verdict.reason, verdict.said
    mail.desk = verdict.desk or mail.desk
    mail.ids = {**mail.ids, **verdict.ids, "with_text": int(verdict.with_text)}
    mail.person = verdict.person or mail.person
    mail.error = ""
    mail.settled_at = (
        None if verdict.state in (IncomingState.ASKED, IncomingState.WAITING) else timezone.now()
    )
    mail.save()
    if verdict.said and answered:
        announce(STREAM, ANSWERED, mail=mail.pk)
    if verdict.state == IncomingState.ASKED and mail.person_id:
        notify(kind=ASKED, recipients=[mail.person_id], ids={"mail": mail.pk})
    if verdict.state == IncomingState.WAITING:
        announce(STREAM, WAITING, mail=mail.pk)


def try_again(mail: IncomingMail) -> None:
    """An administrator has mended what made it fail."""
    IncomingMail.objects.filter(pk=mail.pk, state=IncomingState.FAILED).update(
        state=IncomingState.RECEIVED, attempts=0, next_try_at=timezone.now(), error=""
    )


def forget() -> int:
    """Let go of what is settled, and of what nobody decided about; returns how many rows went."""
    now = timezone.now()
    late = IncomingMail.objects.undecided().filter(received_at__lt=now - DECIDED_WITHIN)
    late.update(state=IncomingState.IGNORED, reason=IncomingReason.EXPIRED, settled_at=now)
    old = IncomingMail.objects.exclude(path="").filter(settled_at__lt=now - RAW_KEPT)
    for mail in old.iterator(chunk_size=500):
        drop_raw(mail)
    Bounce.objects.filter(at__lt=now - ROWS_KEPT).delete()
    return IncomingMail.objects.filter(settled_at__lt=now - ROWS_KEPT).delete()[0]


def drop_raw(mail: IncomingMail) -> None:
    """The mail itself goes for good; that it came stays written."""
    with transaction.atomic():
        IncomingMail.objects.filter(pk=mail.pk).update(path="")
        vault.delete_after_commit(mail.path)


def _postpone(mail: IncomingMail, error: Exception) -> bool:
    """Later, or never. We keep the error's class: its text may hold words."""
    if mail.attempts >= MAX_TRIES:
        return _give_up(mail, type(error).__name__)
    IncomingMail.objects.filter(pk=mail.pk).update(
        error=type(error).__name__, next_try_at=timezone.now() + PAUSES[mail.attempts - 1]
    )
    return False


def _give_up(mail: IncomingMail, error: str) -> bool:
    IncomingMail.objects.filter(pk=mail.pk).update(state=IncomingState.FAILED, error=error)
    return False
