"""What the worker does for each notification that arrived."""

from django.db import transaction
from django_q.tasks import async_task

from network.notifications.addressing import new_message_id
from network.notifications.models import Notification, OutgoingMail
from network.outbox.models import Entry


def queue_mail(entry: Entry) -> None:
    """Write the mail that is owed; runs once for each entry, in the transaction that marks it done."""
    row = Notification.objects.filter(pk=entry.ids["notification"], by_mail=True).first()
    if row is None:
        return
    OutgoingMail.objects.create(
        recipient_id=row.recipient_id, notification_ids=[row.pk], message_id=new_message_id()
    )
    transaction.on_commit(_hasten)


def _hasten() -> None:
    """Do not wait for the schedule. Several at once do no harm: each mail is taken by one."""
    async_task("network.notifications.tasks.send_due", task_name="mail", save=False)
