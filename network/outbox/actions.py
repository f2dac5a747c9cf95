"""Writing to the outbox, and working off what is owed."""

import logging
from collections.abc import Iterable, Mapping
from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone

from network.outbox.handlers import handlers, kept_streams, wanted_by
from network.outbox.models import Delivery, Entry, Stream
from network.outbox.signals import announced_done

logger = logging.getLogger(__name__)
_WAKE = "network.outbox.tasks.work_off"
DELIVERIES_KEPT_FOR = timedelta(days=14)
ENTRIES_KEPT_FOR = timedelta(days=180)
#: Names in one statement.
_STREAMS_AT_ONCE = 500


def announce(stream: str, kind: str, *, also: Iterable[str] = (), **ids: int | str | None) -> Entry:
    """Write that ``kind`` happened in ``stream``; must be called inside the deed's transaction.

    ``ids`` hold row ids and codes only: what a reader may see is decided when it is delivered.
    The worker is woken after commit, once a transaction. ``also`` are streams that move on without an entry.
    """
    return announce_each(kind, {stream: ids}, also=also)[0]


def announce_each(
    kind: str, ids: Mapping[str, dict[str, int | str | None]], *, also: Iterable[str] = ()
) -> list[Entry]:
    """``announce`` for many streams at once: the same few queries for one stream and for a thousand.

    ``ids`` maps the name of each stream to the ids of its entry. Counters are locked in the order of their
    names, so that two transactions with the same streams wait for each other instead of deadlocking.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("announce() belongs inside the transaction of the deed that it tells of.")
    names = sorted(ids)
    numbers = move_on([*names, *also])
    entries = Entry.objects.bulk_create(
        Entry(stream_id=name, number=numbers[name], kind=kind, ids=ids[name]) for name in names
    )
    owed = [Delivery(entry=entry, handler=name) for entry in entries for name in wanted_by(kind)]
    if owed:
        Delivery.objects.bulk_create(owed)
        _let_wait(owed)
        _wake_worker_after_commit()
    transaction.on_commit(lambda: announced_done.send(sender=Entry, streams=names))
    return entries


def _let_wait(owed: Iterable[Delivery]) -> None:
    """Some handlers leave a deed alone for a while."""
    late = []
    for row in owed:
        handler = handlers.get(row.handler)
        if handler and handler.wait:
            row.due_at += handler.wait
            late.append(row)
    if late:
        Delivery.objects.bulk_update(late, ["due_at"])


def move_on(names: Iterable[str]) -> dict[str, int]:
    """Count these streams on, in one question, and tell where each stands now.

    Rows are locked in the order of their names until the transaction ends. Without an entry a step only says
    that something has changed.
    """
    wanted = sorted(set(names))
    numbers: dict[str, int] = {}
    table = Stream._meta.db_table
    with connection.cursor() as cursor:
        for start in range(0, len(wanted), _STREAMS_AT_ONCE):
            some = wanted[start : start + _STREAMS_AT_ONCE]
            cursor.execute(
                f"INSERT INTO {table} (name, last_number) VALUES {', '.join(['(%s, 1)'] * len(some))} "  # noqa: S608
                f"ON CONFLICT (name) DO UPDATE SET last_number = {table}.last_number + 1 "
                "RETURNING name, last_number",
                some,
            )
            numbers.update(cursor.fetchall())
    return numbers


def _wake_worker_after_commit() -> None:
    """Once a transaction, however much it announces. A queue that does not answer spoils nothing: the
    timetable wakes the worker within a minute."""
    if not any(function is _wake_worker for _savepoints, function, _robust in connection.run_on_commit):
        transaction.on_commit(_wake_worker, robust=True)


def _wake_worker() -> None:
    from django_q.tasks import async_task

    async_task(_WAKE, task_name="outbox", save=False)


def work_off(limit: int = 500) -> int:
    """Deliver what is due, each delivery in a transaction of its own; returns how many were done.

    Handlers take turns, so that a long backlog of one does not keep the others waiting. A handler that
    fails is tried again later (after 10 s, then twice as long each time); nothing that it wrote remains.
    Two workers never take the same delivery: its row is locked while it is worked on. A worker that dies
    in the middle leaves the delivery as it was, and the next one takes it.
    """
    done = 0
    for pk in list(Delivery.objects.due().by_turns().values_list("pk", flat=True)[:limit]):
        done += _deliver(pk)
    return done


def _deliver(pk: int) -> bool:
    try:
        with transaction.atomic():
            delivery = (
                Delivery.objects.select_for_update(of=("self",), skip_locked=True)
                .due()
                .filter(pk=pk)
                .select_related("entry")
                .first()
            )
            if delivery is None:
                return False
            handler = handlers.get(delivery.handler)
            if handler is None:
                # Not done: a handler that was renamed or left out by mistake must be noticed.
                raise LookupError(f"There is no outbox handler {delivery.handler!r}.")
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


def retry_given_up() -> int:
    """Put what was given up back among what is due, after its cause is mended."""
    return Delivery.objects.given_up().update(attempts=0, due_at=timezone.now(), error="")


def prune() -> int:
    """Forget what nobody can ask for any more; returns how many entries went.

    Deliveries stay a fortnight after they are done. Entries stay half a year, for whoever asks what came
    after a number, and for good in the streams that are a record (``kept_streams``). What is still owed
    or was given up stays.
    """
    now = timezone.now()
    Delivery.objects.filter(done_at__lt=now - DELIVERIES_KEPT_FOR).delete()
    old = Entry.objects.filter(at__lt=now - ENTRIES_KEPT_FOR, deliveries=None)
    for prefix in kept_streams:
        old = old.exclude(stream__name__startswith=prefix)
    return Entry.objects.filter(pk__in=list(old.values_list("pk", flat=True)[:50_000])).delete()[0]
