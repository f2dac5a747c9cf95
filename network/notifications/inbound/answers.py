"""Writing back: one polite sentence, and her own words where somebody's mail could not be posted. Whoever
decided or voted by a mail is told that it counts.

Never to a machine, and to an address of which nothing is known at most once a day: whoever writes in somebody
else's name must not have her flooded by us.
"""

from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from network.notifications.addressing import host, new_message_id
from network.notifications.enums import IncomingState
from network.notifications.inbound import raw
from network.notifications.inbound.bounces import is_suspended, return_address
from network.notifications.inbound.doors import lead_to
from network.notifications.inbound.letters import Unreadable
from network.notifications.inbound.natures import OWN_MARK
from network.notifications.inbound.parcels import Parcel, owner_of
from network.notifications.models import IncomingMail
from network.outbox.models import Entry

#: In a day, to one address: with her own words in them, and without.
_MOST_WITH_TEXT = 30
_MOST = 1


def write(entry: Entry) -> None:
    """Send what a mail's sender is told; runs once for each, in the transaction that marks it done."""
    mail = IncomingMail.objects.filter(pk=entry.ids["mail"], answered_at=None).first()
    if mail is None or not mail.said or not mail.sender or is_suspended(mail.sender):
        return
    if _answered_lately(mail.sender) >= (_MOST_WITH_TEXT if _is_known(mail) else _MOST):
        return
    _compose(mail).send()
    IncomingMail.objects.filter(pk=mail.pk).update(answered_at=timezone.now())


def _is_known(mail: IncomingMail) -> bool:
    """Whether somebody writes whom we know: her words come back, or her mail did what it says."""
    return bool(mail.ids.get("with_text")) or mail.state == IncomingState.DONE


def _answered_lately(address: str) -> int:
    since = timezone.now() - timedelta(days=1)
    return IncomingMail.objects.filter(sender=address, answered_at__gte=since).count()


def _compose(mail: IncomingMail) -> EmailMultiAlternatives:
    person = owner_of(mail.sender)
    with translation.override(person.language if person else settings.LANGUAGE_CODE):
        context = {
            "subject": _subject(mail),
            "said": mail.said,
            "words": _words(mail) if mail.ids.get("with_text") else "",
            "arrived_at": mail.arrived_at,
        }
        headers = {
            "Message-ID": new_message_id(),
            "Auto-Submitted": "auto-replied",
            "X-Auto-Response-Suppress": "All",
            OWN_MARK: host(),
        }
        if mail.message_id:
            headers["In-Reply-To"] = headers["References"] = f"<{mail.message_id}>"
        if sender := return_address():
            headers["From"] = settings.DEFAULT_FROM_EMAIL
        answer = EmailMultiAlternatives(
            subject=context["subject"],
            body=render_to_string("emails/mail_answer.txt", context),
            from_email=sender or settings.DEFAULT_FROM_EMAIL,
            to=[mail.sender],
            headers=headers,
        )
        answer.attach_alternative(render_to_string("emails/mail_answer.html", context), "text/html")
        return answer


def _subject(mail: IncomingMail) -> str:
    if mail.state != IncomingState.DONE:
        return _("Your mail was not posted")
    return _("Not all of your mail was posted") if mail.ids.get("with_text") else _("Your mail counts")


def _words(mail: IncomingMail) -> str:
    """What she wrote herself; what she quoted stays with her."""
    led = lead_to(mail.recipient)
    try:
        parcel = Parcel.open(mail)
    except (raw.Gone, Unreadable):
        return ""
    if led is None:
        return parcel.own_words
    door, place = led
    return door.returned(place, parcel) if door.returned else door.words(parcel)
