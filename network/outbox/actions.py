"""Writing to the outbox, and working off what is owed."""

import logging
from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone

from network.outbox.handlers import handlers, wanted_by
from network.outbox.models import Delivery, Entry, Stream

logger = logging.getLogger(__name__)
_WAKE = "network.outbox.tasks.work_off"


def announce(stream: str, kind: str, **ids: int | str | None) -> Entry:
    """Write that ``kind`` happened in ``stream``; must be called inside the deed's transaction.

    ``ids`` hold row ids and codes only: what a reader may see is decided when it is delivered.
    The worker is woken after commit, once a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("announce() belongs inside the transaction of the deed that it tells of.")
    Stream.objects.get_or_create(name=stream)
    counter = Stream.objects.select_for_update().get(name=stream)
    counter.last_number += 1
    counter.save(update_fields=["last_number"])
    entry = Entry.objects.create(stream=counter, number=counter.last_number, kind=kind, ids=ids)
    owed = [Delivery(entry=entry, handler=name) for name in wanted_by(kind)]
    if owed:
        Delivery.objects.bulk_create(owed)
        transaction.on_commit(_wake_worker)
    return entry


def _wake_worker() -> None:
    from django_q.tasks import async_task

    async_task(_WAKE, task_name="outbox", save=False)


def work_off(limit: int = 500) -> int:
    """Deliver what is due, each delivery in a transaction of its own; returns how many were done.

    A handler that fails is tried again later (after 10 s, then twice as long each time); nothing that it
    wrote remains. Two workers never take the same delivery: the row is locked while it is worked on.
    """
    done = 0
    for pk in list(Delivery.objects.due().values_list("pk", flat=True)[:limit]):
        done += _deliver(pk)
    return done


def _deliver(pk: int) -> bool:
    try:
        with transaction.atomic():
            delivery = (
                Delivery.objects.select_for_update(
                    skip_locked=connection.features.has_select_for_update_skip_locked
                )
                .due()
                .filter(pk=pk)
                .select_related("entry")
                .first()
            )
            if delivery is None:
                return False
            handler = handlers.get(delivery.handler)
            if handler is not None:
                handler.run(delivery.entry)
            delivery.done_at = timezone.now()
            delivery.save(update_fields=["done_at"])
    except Exception as error:
        logger.exception("Delivery %s failed.", pk)
        _postpone(pk, error)
        return False
    return True


def _postpone(pk: int, error: Exception) -> None:
    with transaction.atomic():
        delivery = Delivery.objects.select_for_update().filter(pk=pk, done_at=None).first()
        if delivery is None:
            return
        delivery.attempts += 1
        delivery.due_at = timezone.now() + timedelta(seconds=10 * 2 ** (delivery.attempts - 1))
        # The class of the error only: its text may hold what a person wrote.
        delivery.error = type(error).__name__
        delivery.save(update_fields=["attempts", "due_at", "error"])
