"""Deciding together: what one would say for a holder waits until as many as the holder asks for agree."""

from collections.abc import Iterable, Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.consent import policies
from network.consent.actions.adding import beside_present
from network.consent.actions.asking import check_reachable
from network.consent.actions.checking import (
    check_authorities,
    check_heard,
    check_terms,
    heard,
    missing_voices,
)
from network.consent.actions.consequences import ASKING, close_proposals
from network.consent.actions.media import moved_note, seal_said
from network.consent.actions.particulars import Note, Particulars
from network.consent.actions.plain import Said, from_plain, to_plain, without_words
from network.consent.actions.recording import record_agreed, record_consent
from network.consent.actions.sealing import readers_by
from network.consent.decision import Clause
from network.consent.enums import Basis, Method, RecordKind, Visibility
from network.consent.models import (
    Authority,
    Closing,
    ConsentRecord,
    Holder,
    KnowledgeItem,
    Part,
    Proposal,
    Signature,
)
from network.foundations.exceptions import Refused
from network.foundations.viewer import Viewer
from network.outbox.actions import announce


def give(
    *,
    item: KnowledgeItem,
    authorities: Sequence[Authority],
    basis: Basis | str,
    method: Method,
    clauses: Iterable[Clause],
    particulars: Particulars,
    note: Note,
    by: Viewer,
) -> ConsentRecord | Proposal:
    """Record consent, or propose it where more of those who decide must agree first.

    Where it answers a request, what is shared with others stays.
    """
    said = Said(basis, method, tuple(clauses), particulars)
    check_authorities(item, authorities)
    if particulars.request:
        said = beside_present(item, authorities[0].holder, said)
    if missing_voices(item, authorities, said.clauses):
        return _propose(item, authorities, said, note, by)
    return record_consent(
        item=item, authorities=authorities, kind=RecordKind.GIVEN, basis=basis, method=method,
        clauses=said.clauses, particulars=said.particulars, note=note, by=by,
    )  # fmt: skip


def _propose(
    item: KnowledgeItem, authorities: Sequence[Authority], said: Said, note: Note, by: Viewer
) -> Proposal:
    _check_hands(item, authorities, by)
    check_heard(item, authorities)
    holder = authorities[0].holder
    check_terms(item, holder, list(said.clauses), said.basis, said.particulars)
    with transaction.atomic():
        KnowledgeItem.objects.select_for_update().get(pk=item.pk)
        if Proposal.objects.open().filter(item=item, holder=holder).exists():
            raise Refused(_("Another proposal waits for your answer. Agree to it or say no first."))
        proposal = Proposal.objects.create(
            item=item, holder=holder, terms=to_plain(said) | {"words": {}}, made_by=by.user.actor_id
        )
        _seal_words(proposal, said, note)
        _sign(proposal, heard(item, authorities), by)
        announce(ASKING, "consent.proposed", proposal=proposal.pk)
    return proposal


def _check_hands(item: KnowledgeItem, authorities: Sequence[Authority], by: Viewer) -> None:
    if not all(policies.can_record(by, authority) for authority in authorities):
        raise PermissionDenied(_("Only somebody who decides for the holders can give consent."))
    check_authorities(item, authorities)


def _seal_words(proposal: Proposal, said: Said, note: Note) -> None:
    """The words wait sealed under names of their own, for the holder's people alone."""
    duties = {f"duty{n}": duty.words for n, duty in enumerate(said.particulars.duties, 1) if duty.words}
    words: dict[str, str] = {}
    for number, (meant, text) in enumerate({**note.texts, **duties}.items()):
        name = f"proposed{chr(ord('a') + number)}{proposal.pk}"
        words[name] = meant
        seal_said(
            item=proposal.item, holder=proposal.holder, name=name, language=note.language, text=text,
            readers=[f"holder:{proposal.holder_id}"], file=note.file_of(meant),
        )  # fmt: skip
    proposal.terms["words"] = words
    proposal.save(update_fields=["terms"])


def _sign(proposal: Proposal, authorities: Iterable[Authority], by: Viewer) -> None:
    Signature.objects.bulk_create(
        [Signature(proposal=proposal, authority=a, signed_by=by.user.actor_id) for a in authorities],
        ignore_conflicts=True,
    )


def signers(proposal: Proposal) -> list[Authority]:
    """Who has agreed and still decides for the holder."""
    signed = proposal.signatures.values("authority")
    return list(Authority.objects.in_force().filter(pk__in=signed).select_related("holder").order_by("id"))


def still_missing(proposal: Proposal) -> int:
    found = signers(proposal)
    return missing_voices(proposal.item, found, from_plain(proposal.terms).clauses) if found else 1


@transaction.atomic
def agree(*, proposal: Proposal, authorities: Sequence[Authority], by: Viewer) -> ConsentRecord | None:
    """Each of ``authorities`` agrees; with the last voice that was missing the consent is recorded.

    Everything is asked anew then: who decides, what was withdrawn in between, whether the terms may stand.
    """
    locked = _open(proposal)
    item, holder = locked.item, locked.holder
    check_reachable(item)
    _check_hands(item, authorities, by)
    if any(authority.holder_id != holder.pk for authority in authorities):
        raise Refused(_("This person decides for other holders."), "authorities")
    check_heard(item, authorities)
    said = from_plain(locked.terms)
    check_terms(item, holder, list(said.clauses), said.basis, said.particulars)
    _sign(locked, heard(item, authorities), by)
    agreed = signers(locked)
    if missing_voices(item, agreed, said.clauses):
        return None
    return _complete(locked, agreed, said, by)


def _open(proposal: Proposal) -> Proposal:
    locked = (
        Proposal.objects.open()
        .select_for_update(of=("self",))
        .select_related("item", "holder")
        .filter(pk=proposal.pk)
        .first()
    )
    if locked is None or Closing.objects.unsettled().filter(item_id=proposal.item_id).exists():
        raise Refused(_("This proposal is closed: the holders have said something else since."))
    return locked


def _complete(proposal: Proposal, agreed: list[Authority], said: Said, by: Viewer) -> ConsentRecord:
    # Closed first: the record overtakes every proposal that is open.
    proposal.closed_at = timezone.now()
    proposal.save(update_fields=["closed_at"])
    record = record_agreed(
        item=proposal.item, authorities=agreed, kind=RecordKind.GIVEN, basis=said.basis,
        method=Method(said.method), clauses=said.clauses, particulars=without_words(said.particulars),
        recorded_by=by.user.actor_id,
    )  # fmt: skip
    proposal.record = record
    proposal.save(update_fields=["record"])
    _move_words(proposal, record)
    return record


def _move_words(proposal: Proposal, record: ConsentRecord) -> None:
    """The words that waited become those of the record, for the readers whom it names."""
    words: dict[str, str] = proposal.terms["words"]
    for part in Part.objects.notes().filter(item=proposal.item_id, name__in=words):
        meant = words[part.name]
        name, visibility = _place_in(record, meant)
        moved_note(part, name, readers_by(record, visibility))


def _place_in(record: ConsentRecord, meant: str) -> tuple[str, str]:
    if meant.startswith("duty"):
        return record.duties.get(number=int(meant.removeprefix("duty"))).part, Visibility.PARTIES
    return f"{meant}{record.number}", record.visibility.get(meant, Visibility.SEALED)


@transaction.atomic
def decline(*, proposal: Proposal, by: Viewer) -> None:
    """One of those who decide says no: the proposal is closed, and nothing was shared."""
    if not policies.can_decline(by, proposal.holder_id):
        raise PermissionDenied(_("Only somebody who decides for the holders can answer."))
    close_proposals([_open(proposal)])


def may_sign(item: KnowledgeItem, holder: Holder, by: Viewer) -> list[Authority]:
    """For whom ``by`` may say that they agree: herself, or for a steward all who were at the meeting."""
    deciding = Authority.objects.in_force().filter(holder=holder).select_related("holder").order_by("id")
    return [a for a in heard(item, list(deciding)) if policies.can_record(by, a)]
