"""Opening a key again, once consent was given anew."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from network.consent.enums import RecordKind
from network.consent.models import Closing, ConsentRecord, Holding, ItemKey
from network.consent.routers import KEYS

_STOPPED = (RecordKind.WITHDRAWN, RecordKind.REFUSED, RecordKind.SUSPENDED)


def unrecorded(closings: Iterable[Closing]) -> list[Closing]:
    """Those of which the main database knows nothing: it was interrupted, or it is a backup brought back."""
    closings = list(closings)
    recorded = set(
        ConsentRecord.objects.filter(closing__in=[closing.pk for closing in closings]).values_list(
            "closing", flat=True
        )
    )
    return [closing for closing in closings if closing.pk not in recorded]


def reopen(item_id: UUID) -> bool:
    """Open the item's key unless a withdrawal is under way or a holder's newest word still stops it.

    The key row is locked before the records are read, and every withdrawal writes the key first: one that
    comes in between is seen here or closes the key after us.
    """
    with transaction.atomic(using=KEYS):
        key = ItemKey.objects.select_for_update().filter(pk=item_id, closed_at__isnull=False).first()
        if key is None or key.destroyed_at:
            return False
        closings = Closing.objects.filter(item_id=item_id)
        if closings.unsettled().exists() or unrecorded(closings):
            return False
        if Holding.objects.filter(item=item_id, record__kind__in=_STOPPED).exists():
            return False
        key.closed_at = None
        key.save(update_fields=["closed_at"])
        return True
