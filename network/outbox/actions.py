"""Writing to the outbox, and working off what is owed."""

import logging
from collections.abc import Mapping
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from network.outbox.handlers import handlers, wanted_by
from network.outbox.models import Delivery, Entry, Stream
from network.outbox.signals import announced_done

logger = logging.getLogger(__name__)
_WAKE = "network.outbox.tasks.work_off"


def announce(stream: str, kind: str, **ids: int | str | None) -> Entry:
    """Write that ``kind`` happened in ``stream``; must be called inside the deed's transaction.

    ``ids`` hold row ids and codes only: what a reader may see is decided when it is delivered.
    The worker is woken after commit, once a transaction.
    """
    return announce_each(kind, {stream: ids})[0]


def announce_each(kind: str, ids: Mapping[str, dict[str, int | str | None]]) -> list[Entry]:
    """``announce`` for many streams at once: the same few queries for one stream and for a thousand.

    ``ids`` maps the name of each stream to the ids of its entry. Counters are locked in the order of their
    names, so that two transactions with the same streams wait for each other instead of deadlocking.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("announce() belongs inside the transaction of the deed that it tells of.")
    names = sorted(ids)
    Stream.objects.bulk_create([Stream(name=name) for name in names], ignore_conflicts=True)
    counters = list(Stream.objects.select_for_update().filter(name__in=names).order_by("name"))
    Stream.objects.filter(name__in=names).update(last_number=F("last_number") + 1)
    entries = Entry.objects.bulk_create(
        Entry(stream=counter, number=counter.last_number + 1, kind=kind, ids=ids[counter.name])
        for counter in counters
    )
    owed = [Delivery(entry=entry, handler=name) for entry in entries for name in wanted_by(kind)]
    if owed:
        Delivery.objects.bulk_create(owed)
        transaction.on_commit(_wake_worker)
    transaction.on_commit(lambda: announced_done.send(sender=Entry, streams=names))
    return entries


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
