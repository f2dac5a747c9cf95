"""What the worker does for each notification that arrived."""

from django.db import transaction
from django.utils import timezone
from django_q.tasks import async_task

from network.notifications import actions
from network.notifications.addressing import new_message_id
from network.notifications.enums import Timing
from network.notifications.kinds import kinds
from network.notifications.models import Notification, OutgoingMail
from network.notifications.preferences import habits_of
from network.notifications.scheduling import leaving
from network.outbox.models import Entry


def queue_mail(entry: Entry) -> None:
    """Write the mail that is owed at once; runs once for each entry, in the transaction that marks it done.

    What waits for a digest is gathered by the clock (``digests.gather``).
    """
    at_once = Notification.objects.filter(mail=Timing.AT_ONCE, digest_at=None)
    row = at_once.filter(pk=entry.ids["notification"]).first()
    if row is None:
        return
    rules = kinds.get(row.kind)
    if rules is None:
        return
    habits = habits_of([row.recipient_id])[row.recipient_id]
    leaves = leaving(rules, row.mail, timezone.now(), habits)
    if leaves is None or leaves.in_digest:  # she has paused since
        Notification.objects.filter(pk=row.pk).update(digest_at=leaves.at if leaves else None)
        return
    OutgoingMail.objects.create(
        recipient_id=row.recipient_id,
        notification_ids=[row.pk],
        message_id=new_message_id(),
        next_try_at=leaves.at,
    )
    if leaves.at <= timezone.now():
        transaction.on_commit(_hasten)


def move_digests(entry: Entry) -> None:
    """She may have moved to another time zone: her digests come at the same hour there."""
    actions.move_digests(entry.ids["person"])


def _hasten() -> None:
    """Do not wait for the schedule. Several at once do no harm: each mail is taken by one."""
    async_task("network.notifications.tasks.send_due", task_name="mail", save=False)
