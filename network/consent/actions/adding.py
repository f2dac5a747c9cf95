"""Granting a request takes nothing from others: what the holder shares already is said again beside it.

The newest record of a holder speaks for it alone, so a record for one more person has to carry the rest.
"""

from dataclasses import replace
from datetime import datetime

from django.utils import timezone

from network.consent.actions.particulars import DutyTerm
from network.consent.actions.plain import Said
from network.consent.decision import Clause
from network.consent.enums import DutyKind, RecordKind, State
from network.consent.models import ConsentRecord, Duty, Holder, KnowledgeItem


def beside_present(item: KnowledgeItem, holder: Holder, said: Said) -> Said:
    """``said`` with everything that the holder's present word allows, and what is still owed for it."""
    record = item.holdings.get(holder=holder).record
    if record is None or record.kind != RecordKind.GIVEN:
        return said
    now = timezone.now()
    present = [_within(scope.clause, record) for scope in record.scopes.all()]
    kept = [clause for clause in present if clause.state(now) is not State.EXPIRED]
    owed = [
        DutyTerm(DutyKind(duty.kind), duty.due_on, duty.suspends)
        for duty in Duty.objects.undelivered().filter(record=record).order_by("number")
    ]
    told = said.particulars
    return replace(
        said,
        clauses=(*said.clauses, *(clause for clause in kept if clause not in said.clauses)),
        particulars=replace(
            told,
            recipients=tuple(sorted({*told.recipients, *record.recipients})),
            duties=(*told.duties, *owed),
        ),
    )


def _within(clause: Clause, record: ConsentRecord) -> Clause:
    """The clause with the time of its whole record: beside other clauses it needs it for itself."""
    return replace(
        clause,
        starts=_latest(clause.starts, record.valid_from),
        ends=_earliest(clause.ends, record.valid_until),
    )


def _latest(*instants: datetime | None) -> datetime | None:
    return max((instant for instant in instants if instant), default=None)


def _earliest(*instants: datetime | None) -> datetime | None:
    return min((instant for instant in instants if instant), default=None)
