"""Gathering what is due into one mail for each person.

The mail is written and the notices are let go in one transaction: a worker that dies in the middle leaves
both undone, and the next one does both. So a notice stands in one digest, once.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from network.notifications.addressing import new_message_id
from network.notifications.enums import MailForm
from network.notifications.models import Notification, OutgoingMail

#: People whose digests are gathered before the list of who is next is read again.
AT_ONCE = 500


def gather() -> int:
    """Write the digests whose hour has come; returns how many."""
    now = timezone.now()
    written, last = 0, 0
    while people := _people_after(last, now):
        written += sum(_gather_for(person, now) for person in people)
        last = people[-1]
    return written


def _people_after(last: int, now: datetime) -> list[int]:
    due = Notification.objects.digests_due(now).filter(recipient__gt=last)
    return list(due.order_by("recipient").values_list("recipient", flat=True).distinct()[:AT_ONCE])


@transaction.atomic
def _gather_for(person: int, now: datetime) -> int:
    due = Notification.objects.digests_due(now).filter(recipient=person)
    ids = list(due.select_for_update().order_by("pk").values_list("pk", flat=True))
    if not ids:
        return 0  # another worker was here
    OutgoingMail.objects.create(
        recipient_id=person, form=MailForm.DIGEST, notification_ids=ids, message_id=new_message_id()
    )
    Notification.objects.filter(pk__in=ids).update(digest_at=None)
    return 1
