"""What else is true from the moment on in which a holder's word is written down; in the same transaction."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils import timezone

from network.consent import terms
from network.consent.enums import RecordKind, RequestState
from network.consent.models import ConsentRecord, ConsentRequest, Part, Proposal
from network.outbox.actions import announce

#: The outbox stream of everything that is asked of holders, and of their answers.
ASKING = "consent-requests"


def close_overtaken(record: ConsentRecord) -> None:
    """A newer word of the holder overtakes what was proposed for it; one that stops sharing, everybody's."""
    overtaken = Q(holder=record.holder_id)
    if record.kind != RecordKind.GIVEN:
        overtaken |= Q(item=record.item_id)
    close_proposals(Proposal.objects.open().filter(overtaken, item=record.item_id))


def close_proposals(proposals: Iterable[Proposal]) -> None:
    """Nobody signs them any more; the words that were to go with them are erased."""
    for proposal in proposals:
        proposal.closed_at = timezone.now()
        proposal.save(update_fields=["closed_at"])
        Part.objects.notes().filter(item=proposal.item_id, name__in=proposal.terms["words"]).delete()


def answer_request(record: ConsentRecord) -> None:
    """The request that this record answers is granted once enough of the item's holders agree."""
    if record.request is None or record.kind != RecordKind.GIVEN:
        return
    request = ConsentRequest.objects.select_for_update().waiting().filter(pk=record.request).first()
    if request is None:
        return
    request.record = record
    request.state = RequestState.GRANTED if _agreed(record) else RequestState.DELIBERATING
    request.answered_at = record.at
    request.told = request.state == RequestState.GRANTED
    request.save(update_fields=["record", "state", "answered_at", "told"])
    if request.told:
        announce(ASKING, "consent.answered", request=str(request.pk))


def _agreed(record: ConsentRecord) -> bool:
    words = terms.terms_of([record.item], record.at)[record.item_id]
    given = {holder for holder, word in words.words.items() if word.kind == RecordKind.GIVEN}
    return given == set(words.words) and words.agreed_by(given)
