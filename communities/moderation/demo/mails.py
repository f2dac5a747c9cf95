"""Mails that came in: one that waits for moderators, and what became of others."""

from datetime import timedelta
from email.message import EmailMessage
from email.utils import format_datetime

from django.db import transaction
from django.utils import timezone

from communities.forums.actions.mailing import desk_of
from communities.forums.models import Forum
from communities.models import Community
from network.notifications.enums import IncomingReason, IncomingState
from network.notifications.inbound import intake, working
from network.notifications.inbound.doors import Verdict
from network.notifications.models import IncomingMail

_DOMAIN = "mail.demo.example"
_FORUM = "Restoration in practice"
_ASKS = (
    "Good morning,\n\na colleague gave me the address of your forum. We guard forty hectares at the mouth of "
    "the river and have no line most of the week, so I write from the harbour office.\n\nWhich trees do you "
    "plant where barges pass?\n\nThis mail was made up for a demonstration.\n"
)
_AWAY = "I am at sea until Monday.\n\nThis mail was made up for a demonstration.\n"
_LATE = "One more point to chapter 2.\n\nThis mail was made up for a demonstration.\n"


def seed(community: Community) -> None:
    """Each once, settled as its door would settle it: the demonstration itself takes no mail."""
    forum = Forum.objects.get(community=community, title=_FORUM)
    waits = Verdict(
        IncomingState.WAITING,
        IncomingReason.UNKNOWN_SENDER,
        desk=desk_of(forum),
        ids={"forum": forum.pk},
    )
    _came("harbour.office@delta.example", "Trees where barges pass", _ASKS, 30, waits)
    away = Verdict(IncomingState.IGNORED, IncomingReason.AUTOMATIC)
    _came("lena.brandt@people.example", "Automatic reply: Crabs", _AWAY, 20, away)
    late = Verdict(IncomingState.RETURNED, IncomingReason.REFUSED)
    _came("tui.rangihuna@people.example", "Re: Chapter 2", _LATE, 50, late)


@transaction.atomic
def _came(sender: str, subject: str, text: str, hours_ago: int, verdict: Verdict) -> None:
    message_id = f"<{subject.lower().replace(' ', '-').replace(':', '')}@demo.example>"
    if IncomingMail.objects.filter(message_id=message_id.strip("<>")).exists():
        return
    at = timezone.now() - timedelta(hours=hours_ago)
    message = EmailMessage()
    message["From"], message["To"] = sender, f"restoration@{_DOMAIN}"
    message["Subject"], message["Message-ID"], message["Date"] = subject, message_id, format_datetime(at)
    message.set_content(text)
    kept = intake.keep(
        content=message.as_bytes(), recipient=str(message["To"]), envelope_from=sender, received_at=at
    )
    working.settle(kept, verdict)
