"""Recording what a holder said, in the chain of its item."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.consent import opened, policies
from network.consent.actions.checking import (
    check_authorities,
    check_enough,
    check_terms,
    heard,
)
from network.consent.actions.consequences import answer_request, close_overtaken
from network.consent.actions.media import seal_said
from network.consent.actions.particulars import DutyTerm, Note, Particulars
from network.consent.actions.remembering import newest_number, remember_word
from network.consent.actions.reopening import reopen
from network.consent.actions.sealing import readers_by, seal_note
from network.consent.decision import Clause
from network.consent.enums import Act, Basis, ChangeKind, Method, PartName, RecordKind, Visibility, Voice
from network.consent.models import (
    Authority,
    Change,
    ConsentRecord,
    Duty,
    Holder,
    Holding,
    KnowledgeItem,
    Lineage,
    Part,
    Scope,
)
from network.foundations import chain
from network.foundations.exceptions import Refused
from network.foundations.viewer import Viewer
from network.outbox.actions import announce

__all__ = ["DutyTerm", "Note", "Particulars", "first_break", "record_consent"]

#: The outbox stream that numbers the change feed.
CHANGES = "consent"


def record_consent(
    *,
    item: KnowledgeItem,
    authorities: Sequence[Authority],
    kind: RecordKind,
    by: Viewer,
    basis: Basis | str = "",
    method: Method = Method.HERE,
    clauses: Iterable[Clause] = (),
    particulars: Particulars | None = None,
    note: Note | None = None,
) -> ConsentRecord:
    """Write down what ``authorities`` decided for their holder; the item follows the new word at once.

    Withdrawing is a deed of its own (``withdraw``), which closes the key first. Raises ``Refused`` with the
    reason where the word is incomplete, ``PermissionDenied`` where ``by`` may not write it down.
    """
    if not all(policies.can_record(by, authority) for authority in authorities):
        raise PermissionDenied(_("Only somebody who decides for the holders can give consent."))
    return record_agreed(
        item=item, authorities=authorities, kind=kind, basis=basis, method=method, clauses=clauses,
        particulars=particulars, note=note, recorded_by=by.user.actor_id,
    )  # fmt: skip


def record_agreed(
    *,
    item: KnowledgeItem,
    authorities: Sequence[Authority],
    kind: RecordKind,
    recorded_by: UUID,
    basis: Basis | str = "",
    method: Method = Method.HERE,
    clauses: Iterable[Clause] = (),
    particulars: Particulars | None = None,
    note: Note | None = None,
) -> ConsentRecord:
    """``record_consent`` where each of ``authorities`` signed by herself: the caller has asked the policy."""
    clauses, authorities = list(clauses), list(authorities)
    particulars = particulars or Particulars()
    if kind is RecordKind.WITHDRAWN:
        raise ValueError("withdraw() closes the key before it records.")
    check_authorities(item, authorities)
    if kind is RecordKind.GIVEN:
        check_terms(item, authorities[0].holder, clauses, basis, particulars)
        check_enough(item, authorities, clauses)
        authorities = heard(item, authorities)
    elif clauses or particulars.duties:
        raise Refused(_("Only consent that is given says what it allows."))
    with transaction.atomic():
        record = write_record(
            item=item, holder=authorities[0].holder, authorities=authorities, kind=kind, basis=basis,
            method=method, clauses=clauses, particulars=particulars, recorded_by=recorded_by,
        )  # fmt: skip
        if kind is RecordKind.GIVEN:
            # Only after the commit, and only if no withdrawal came in between.
            transaction.on_commit(lambda: reopen(item.pk))
        _seal_words(record, particulars, note)
    return record


def write_record(
    *,
    item: KnowledgeItem,
    holder: Holder,
    kind: RecordKind,
    method: Method,
    recorded_by: UUID,
    authorities: Sequence[Authority] = (),
    basis: Basis | str = "",
    clauses: Iterable[Clause] = (),
    particulars: Particulars | None = None,
    closing: UUID | None = None,
) -> ConsentRecord:
    """The next record of the chain with everything that hangs on it; inside the caller's transaction."""
    clauses, said = list(clauses), particulars or Particulars()
    head = KnowledgeItem.objects.select_for_update().get(pk=item.pk)
    women = bool(authorities) and all(authority.voice == Voice.WOMEN for authority in authorities)
    record = ConsentRecord(
        item=head, number=max(head.head_number, newest_number(head.pk)) + 1, holder=holder,
        authority=authorities[0] if authorities else None,
        signers=sorted(authority.pk for authority in authorities),
        voice=Voice.WOMEN if women else Voice.GENERAL,
        kind=kind, basis=basis, method=method, preset=said.preset, protocol=said.protocol,
        request=said.request, recipients=sorted(said.recipients), permit=said.permit,
        agreement=said.agreement, visibility=dict(said.visibility), valid_from=said.valid_from,
        valid_until=said.valid_until, review_on=said.review_on, recorded_by=recorded_by, closing=closing,
        at=timezone.now(),
    )  # fmt: skip
    duties = [
        Duty(record=record, number=number, kind=term.kind, due_on=term.due_on, suspends=term.suspends)
        for number, term in enumerate(said.duties, 1)
    ]
    record.hash = chain.digest(head.head_hash, record.payload(clauses, duties))
    record.save(force_insert=True)
    Scope.objects.bulk_create(Scope.from_clause(record, clause) for clause in clauses)
    for duty in duties:
        duty.record = record
    Duty.objects.bulk_create(duties)
    head.head_number, head.head_hash = record.number, record.hash
    head.save(update_fields=["head_number", "head_hash"])
    # What was entrusted to the network is knowledge like any other as soon as its holders have spoken.
    Part.objects.notes().filter(item=head, name__in=PartName.values).update(readers=None)
    Holding.objects.filter(item=head, holder=holder).update(record=record)
    remember_word(record.item_id, holder.pk, record.number)
    close_overtaken(record)
    answer_request(record)
    _announce(record)
    return record


def _announce(record: ConsentRecord) -> None:
    """Open pages, the change feed and everybody else who listens hear of ids only."""
    act = Act.REVIEW if record.kind == RecordKind.GIVEN else Act.DELETE
    _tell_programs(record.item_id, ChangeKind(record.kind), act, record.at)
    if act is Act.DELETE:
        _tell_open_pages(record.item_id)
    elif record.number > 1:
        # It may be less than before: each open page asks whether its reader still may.
        _tell_open_pages(record.item_id, "changed")
    # Files that nginx hands out were opened under the word before.
    transaction.on_commit(partial(opened.clear, record.item_id))


def tell_of_mark(item_id: UUID) -> None:
    """That holders put on an item what holds back: fewer may see it, and whoever has it asks again."""
    _tell_programs(item_id, ChangeKind.MARKED, Act.REVIEW, timezone.now())
    _tell_open_pages(item_id)


def _tell_programs(item_id: UUID, kind: ChangeKind, act: Act, at: datetime) -> None:
    """A line of the change feed for an item and for each that was made from it: none goes farther than it."""
    for concerned in _made_from(item_id):
        entry = announce(CHANGES, f"consent.{kind}", item=str(concerned), act=act.value)
        Change.objects.create(number=entry.number, item_id=concerned, kind=kind, act=act, at=at)


def _tell_open_pages(item_id: UUID, what: str = "withdrawn") -> None:
    for concerned in _made_from(item_id):
        announce(f"knowledge:{concerned}", what, item=str(concerned))


def _made_from(item_id: UUID) -> list[UUID]:
    """The item and, near or far, everything that was made from it."""
    made = Lineage.objects.filter(source=item_id).values_list("item_id", flat=True)
    return sorted({item_id, *made})


def _seal_words(record: ConsentRecord, particulars: Particulars, note: Note | None) -> None:
    """What was said beside codes: each text by itself, for those whom the record lets read it."""
    language = note.language if note else settings.LANGUAGE_CODE
    for name, text in (note.texts if note else {}).items():
        readers = readers_by(record, particulars.visibility.get(name, Visibility.SEALED))
        seal_said(
            item=record.item, holder=record.holder, name=f"{name}{record.number}", language=language,
            text=text, readers=readers, file=note.file_of(name) if note else None,
        )  # fmt: skip
    for duty, term in zip(record.duties.order_by("number"), particulars.duties, strict=True):
        if term.words:
            seal_note(
                item=record.item, holder=record.holder, name=duty.part, language=language,
                text=term.words, readers=readers_by(record, Visibility.PARTIES),
            )  # fmt: skip


def first_break(item: KnowledgeItem) -> int | None:
    """The number of the first record that does not follow from those before it; none in a whole chain."""
    records = list(item.records.in_order().prefetch_related("scopes", "duties"))
    broken = chain.first_break(
        (
            record.payload(
                [scope.clause for scope in record.scopes.all()],
                sorted(record.duties.all(), key=lambda duty: duty.number),
            ),
            record.hash,
        )
        for record in records
    )
    if broken is not None:
        return records[broken].number
    head = (records[-1].number, records[-1].hash) if records else (0, chain.START)
    return None if head == (item.head_number, item.head_hash) else len(records) + 1
