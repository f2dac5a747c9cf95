"""Stop sharing, or pause it. Killed at any point, it leaves the knowledge closed.

1. In the keys database: the key is closed and the intent written down. From here nothing opens any more.
2. In the main database, one transaction: record, tombstone and outbox.
3. In the keys database: the intent is settled.

What a crash leaves between the steps, ``settle_all`` finishes; each step can be repeated without harm.
"""

import logging
from collections.abc import Iterable
from functools import partial
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.consent import opened, policies
from network.consent.actions.recording import write_record
from network.consent.actions.remembering import MEMORY, catch_up
from network.consent.actions.reopening import reopen, unrecorded
from network.consent.enums import Method, RecordKind
from network.consent.models import Closing, ConsentRecord, Holder, ItemKey, KnowledgeItem
from network.consent.routers import KEYS
from network.foundations.exceptions import Refused
from network.foundations.viewer import Viewer

logger = logging.getLogger(__name__)


def withdraw(*, item: KnowledgeItem, holder: Holder, by: Viewer, method: Method = Method.HERE) -> None:
    """Stop sharing ``item`` for ``holder`` now, without asking why. One holder is enough."""
    if not policies.can_withdraw(by, holder.pk):
        raise PermissionDenied(_("Only the holders can stop sharing this."))
    close(item=item, holder=holder, kind=RecordKind.WITHDRAWN, actor=by.user.actor_id, method=method)


def freeze(*, item: KnowledgeItem, holder: Holder, by: Viewer, method: Method = Method.HERE) -> None:
    """Pause sharing of ``item`` for ``holder`` now. Only consent that is given anew ends it."""
    if not policies.can_withdraw(by, holder.pk):
        raise PermissionDenied(_("Only the holders can pause this."))
    close(item=item, holder=holder, kind=RecordKind.SUSPENDED, actor=by.user.actor_id, method=method)


def close(*, item: KnowledgeItem, holder: Holder, kind: RecordKind, actor: UUID, method: Method) -> None:
    """Stop or pause, whoever asks: the caller has asked the policy.

    What is paused already stays as it is, and what was stopped is never made less by a pause.
    """
    holding = item.holdings.filter(holder=holder).select_related("record").first()
    if holding is None:
        raise Refused(_("This knowledge belongs to other holders."), "holder")
    said = holding.record.kind if holding.record else ""
    if kind == RecordKind.SUSPENDED and said in (RecordKind.WITHDRAWN, RecordKind.SUSPENDED):
        return
    _settle(_begin(item, holder, kind, actor, method))


def settle_all() -> int:
    """Finish what a crash interrupted, and open what waits to be opened again.

    Where the main database was brought back from a backup, closings that it does not know are recorded once
    more. Returns how many closings it finished. The worker runs it every minute.
    """
    settled = _finish(_waiting())
    settled += _finish(_pause(item_id, holder_id) for item_id, holder_id in catch_up())
    for item_id in ItemKey.objects.filter(closed_at__isnull=False, destroyed_at=None).values_list(
        "pk", flat=True
    ):
        reopen(item_id)
    return settled


def _finish(closings: Iterable[Closing]) -> int:
    settled = 0
    for closing in closings:
        try:
            _settle(closing)
            settled += 1
        except Exception as error:
            logger.error("closing %s waits: %s", closing.pk, type(error).__name__)
    return settled


def _pause(item_id: UUID, holder_id: int) -> Closing:
    """The main database was brought back from before the holder's newest word: it is asked to speak anew."""
    item, holder = KnowledgeItem(pk=item_id), Holder(pk=holder_id)
    return _begin(item, holder, RecordKind.SUSPENDED, MEMORY, Method.HERE)


def _waiting() -> list[Closing]:
    """Closings without an end, and those of closed keys whose record is not there (any more)."""
    unsettled = list(Closing.objects.unsettled().order_by("at"))
    closed = ItemKey.objects.filter(closed_at__isnull=False).values("pk")
    settled = Closing.objects.exclude(settled_at=None).filter(item_id__in=closed).order_by("at")
    lost = unrecorded(settled)
    known = KnowledgeItem.objects.in_bulk([closing.item_id for closing in lost])
    return unsettled + [closing for closing in lost if closing.item_id in known]


def _begin(item: KnowledgeItem, holder: Holder, kind: RecordKind, actor: UUID, method: Method) -> Closing:
    with transaction.atomic(using=KEYS):
        ItemKey.objects.filter(pk=item.pk, closed_at=None).update(closed_at=timezone.now())
        return Closing.objects.create(
            item_id=item.pk, holder_id=holder.pk, kind=kind, actor=actor, method=method
        )


def _settle(closing: Closing) -> None:
    """Steps 2 and 3; the third waits for the commit of the second, whoever else's transaction that is."""
    opened.clear(closing.item_id)
    with transaction.atomic():
        _record(closing)
        transaction.on_commit(partial(_mark_settled, closing))


def _record(closing: Closing) -> None:
    item = KnowledgeItem.objects.select_for_update().get(pk=closing.item_id)
    if ConsentRecord.objects.filter(closing=closing.pk).exists():
        return
    write_record(
        item=item,
        holder=Holder.objects.get(pk=closing.holder_id),
        kind=RecordKind(closing.kind),
        method=Method(closing.method),
        recorded_by=closing.actor,
        closing=closing.pk,
    )


def _mark_settled(closing: Closing) -> None:
    closing.settled_at = timezone.now()
    closing.save(update_fields=["settled_at"])
