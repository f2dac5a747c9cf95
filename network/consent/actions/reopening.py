"""Opening a key again, once consent was given anew."""

from uuid import UUID

from django.db import transaction

from network.consent.enums import RecordKind
from network.consent.models import Closing, Holding, ItemKey
from network.consent.routers import KEYS

_STOPPED = (RecordKind.WITHDRAWN, RecordKind.REFUSED, RecordKind.SUSPENDED)


def reopen(item_id: UUID) -> bool:
    """Open the item's key unless a withdrawal is under way or a holder's newest word still stops it.

    The key row is locked before the records are read, and every withdrawal writes the key first: one that
    comes in between is seen here or closes the key after us.
    """
    with transaction.atomic(using=KEYS):
        key = ItemKey.objects.select_for_update().filter(pk=item_id, closed_at__isnull=False).first()
        if key is None or key.destroyed_at:
            return False
        if Closing.objects.unsettled().filter(item_id=item_id).exists():
            return False
        if Holding.objects.filter(item=item_id, record__kind__in=_STOPPED).exists():
            return False
        key.closed_at = None
        key.save(update_fields=["closed_at"])
        return True
