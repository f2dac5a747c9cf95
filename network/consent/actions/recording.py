"""Recording what a holder said, in the chain of its item."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.consent import policies
from network.consent.actions.reopening import reopen
from network.consent.actions.sealing import seal_note
from network.consent.decision import ANY_LANGUAGE, Clause, ceiling_allows, is_audience
from network.consent.enums import Act, Action, Basis, Method, RecordKind
from network.consent.exits import exits
from network.consent.models import Authority, Change, ConsentRecord, Holder, Holding, KnowledgeItem, Scope
from network.foundations import chain
from network.foundations.exceptions import Refused
from network.foundations.viewer import Viewer
from network.outbox.actions import announce

#: The outbox stream that numbers the change feed.
CHANGES = "consent"


@dataclass(frozen=True)
class Note:
    """How the holders came to their word: sealed, erasable, and outside the chain."""

    text: str
    language: str


def record_consent(
    *,
    item: KnowledgeItem,
    authority: Authority | None,
    kind: RecordKind,
    by: Viewer,
    basis: Basis | str = "",
    method: Method = Method.HERE,
    clauses: Iterable[Clause] = (),
    preset: str = "",
    review_on: date | None = None,
    note: Note | None = None,
) -> ConsentRecord:
    """Write down what ``authority`` decided for its holder; the item follows the new word at once.

    Withdrawing is a deed of its own (``withdraw``), which closes the key first.
    """
    clauses = list(clauses)
    _check_authority(item, authority, by)
    if kind is RecordKind.WITHDRAWN:
        raise ValueError("withdraw() closes the key before it records.")
    if kind is RecordKind.GIVEN:
        _check_clauses(item, clauses, basis)
    elif clauses:
        raise Refused(_("Only consent that is given says what it allows."))
    with transaction.atomic():
        record = write_record(
            item=item, holder=authority.holder, authority=authority, kind=kind, basis=basis, method=method,
            clauses=clauses, preset=preset, review_on=review_on, recorded_by=by.user.actor_id,
        )  # fmt: skip
        if kind is RecordKind.GIVEN:
            # Only after the commit, and only if no withdrawal came in between.
            transaction.on_commit(lambda: reopen(item.pk))
    if note and note.text:
        seal_note(
            item=item, holder=authority.holder, number=record.number, language=note.language, text=note.text
        )
    return record


def write_record(
    *,
    item: KnowledgeItem,
    holder: Holder,
    kind: RecordKind,
    method: Method,
    recorded_by: UUID,
    authority: Authority | None = None,
    basis: Basis | str = "",
    clauses: Iterable[Clause] = (),
    preset: str = "",
    review_on: date | None = None,
    closing: UUID | None = None,
) -> ConsentRecord:
    """The next record of the chain with everything that hangs on it; inside the caller's transaction."""
    clauses = list(clauses)
    head = KnowledgeItem.objects.select_for_update().get(pk=item.pk)
    record = ConsentRecord(
        item=head, number=head.head_number + 1, holder=holder, authority=authority, kind=kind, basis=basis,
        method=method, preset=preset, review_on=review_on, recorded_by=recorded_by, closing=closing,
        at=timezone.now(),
    )  # fmt: skip
    record.hash = chain.digest(head.head_hash, record.payload(clauses))
    record.save(force_insert=True)
    Scope.objects.bulk_create(Scope.from_clause(record, clause) for clause in clauses)
    head.head_number, head.head_hash = record.number, record.hash
    head.save(update_fields=["head_number", "head_hash"])
    Holding.objects.filter(item=head, holder=holder).update(record=record)
    _announce(record)
    return record


def _announce(record: ConsentRecord) -> None:
    """Open pages, the change feed and everybody else who listens hear of ids only."""
    act = Act.REVIEW if record.kind == RecordKind.GIVEN else Act.DELETE
    entry = announce(CHANGES, f"consent.{record.kind}", item=str(record.item_id), act=act.value)
    Change.objects.create(
        number=entry.number, item_id=record.item_id, kind=record.kind, act=act, at=record.at
    )
    if act is Act.DELETE:
        announce(f"knowledge:{record.item_id}", "withdrawn", item=str(record.item_id))


def first_break(item: KnowledgeItem) -> int | None:
    """The number of the first record that does not follow from those before it; none in a whole chain."""
    records = list(item.records.in_order().prefetch_related("scopes"))
    broken = chain.first_break(
        (record.payload([scope.clause for scope in record.scopes.all()]), record.hash) for record in records
    )
    if broken is not None:
        return records[broken].number
    head = (records[-1].number, records[-1].hash) if records else (0, chain.START)
    return None if head == (item.head_number, item.head_hash) else len(records) + 1


def _check_authority(item: KnowledgeItem, authority: Authority | None, by: Viewer) -> None:
    if authority is None:
        raise Refused(_("Say who decided for the holders."), "authority")
    if not Authority.objects.in_force().filter(pk=authority.pk).exists():
        raise Refused(_("This person does not decide for the holders now."), "authority")
    if not item.holdings.filter(holder=authority.holder_id).exists():
        raise Refused(_("This person decides for other holders."), "authority")
    if not policies.can_record(by, authority):
        raise PermissionDenied(_("Only somebody who decides for the holders can give consent."))


def _check_clauses(item: KnowledgeItem, clauses: list[Clause], basis: str) -> None:
    if basis not in Basis.values:
        raise Refused(_("Say on what basis consent was given."), "basis")
    if not clauses:
        raise Refused(_("Say what consent allows: an empty one allows nothing."), "preset")
    for clause in clauses:
        _check_clause(item, clause)


def _check_clause(item: KnowledgeItem, clause: Clause) -> None:
    if not is_audience(clause.audience):
        raise Refused(_("Choose who may read it."), "audience")
    if not ceiling_allows(item.exposure, clause.audience):
        limit = item.get_exposure_display()
        raise Refused(_("This item may not go that far. %(limit)s") % {"limit": limit}, "preset")
    if not clause.actions or not clause.actions <= set(Action.values):
        raise Refused(_("Choose what may be done with it."), "actions")
    if not clause.exits or not clause.exits <= set(exits.names()):
        raise Refused(_("Choose at least one way for it to leave."), "exits")
    if not clause.languages or not clause.languages <= _languages():
        raise Refused(_("Choose at least one language that the network knows."), "languages")
    if clause.starts and clause.ends and clause.ends <= clause.starts:
        raise Refused(_("The end must come after the start."), "ends")
    if not clause.months <= set(range(1, 13)):
        raise Refused(_("Choose months of the year."), "months")


def _languages() -> set[str]:
    return {ANY_LANGUAGE, *dict(settings.LANGUAGES)}
