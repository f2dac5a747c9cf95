"""Stop sharing. Killed at any point, it leaves the knowledge closed.

1. In the keys database: the key is closed and the intent written down. From here nothing opens any more.
2. In the main database, one transaction: record, tombstone and outbox.
3. In the keys database: the intent is settled.

What a crash leaves between the steps, ``settle_all`` finishes; each step can be repeated without harm.
"""

import logging
from functools import partial

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.consent import policies
from network.consent.actions.recording import write_record
from network.consent.actions.reopening import reopen
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
    if not item.holdings.filter(holder=holder).exists():
        raise Refused(_("This knowledge belongs to other holders."), "holder")
    _settle(_close(item, holder, by, method))


def settle_all() -> int:
    """Finish the withdrawals that a crash interrupted, and open what waits to be opened again.

    Returns how many withdrawals it finished. The worker runs it every minute.
    """
    settled = 0
    for closing in Closing.objects.unsettled().order_by("at"):
        try:
            _settle(closing)
            settled += 1
        except Exception as error:
            logger.error("withdrawal %s waits: %s", closing.pk, type(error).__name__)
    for item_id in ItemKey.objects.filter(closed_at__isnull=False, destroyed_at=None).values_list(
        "pk", flat=True
    ):
        reopen(item_id)
    return settled


def _close(item: KnowledgeItem, holder: Holder, by: Viewer, method: Method) -> Closing:
    with transaction.atomic(using=KEYS):
        ItemKey.objects.filter(pk=item.pk, closed_at=None).update(closed_at=timezone.now())
        return Closing.objects.create(
            item_id=item.pk, holder_id=holder.pk, actor=by.user.actor_id, method=method
        )


def _settle(closing: Closing) -> None:
    """Steps 2 and 3; the third waits for the commit of the second, whoever else's transaction that is."""
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
        kind=RecordKind.WITHDRAWN,
        method=Method(closing.method),
        recorded_by=closing.actor,
        closing=closing.pk,
    )


def _mark_settled(closing: Closing) -> None:
    closing.settled_at = timezone.now()
    closing.save(update_fields=["settled_at"])
