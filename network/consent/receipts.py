"""A receipt of consent: those fields of a record that its reader may have, as its holders chose."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from network.consent.enums import Agreement, Basis, Detail, Fact, Method, RecordKind, Visibility
from network.consent.models import Authority, ConsentRecord, Holder, KnowledgeItem, Part
from network.consent.wording import Facts, day
from network.foundations.viewer import Viewer


@dataclass(frozen=True)
class Receipt:
    """``facts`` are codes in words; ``details`` are sealed parts that are told by their tokens."""

    holder: Holder
    facts: Facts
    details: list[Part]


def receipts(item: KnowledgeItem, viewer: Viewer) -> list[Receipt]:
    """Of every record by which a holder shares ``item``; only what ``viewer`` may read of it."""
    holdings = list(item.holdings.select_related("holder", "record").order_by("id"))
    shared = [(h.holder, h.record) for h in holdings if h.record and h.record.kind == RecordKind.GIVEN]
    notes = list(item.parts.notes().order_by("id"))
    offices = _offices(record for _holder, record in shared)
    own = bool({holding.holder_id for holding in holdings} & viewer.ids("holder"))
    found = [_receipt(holder, record, viewer, own, notes, offices) for holder, record in shared]
    return [receipt for receipt in found if receipt.facts or receipt.details]


def _offices(records: Iterable[ConsentRecord]) -> dict[int, str]:
    signers = {pk for record in records for pk in record.signers}
    return dict(Authority.objects.filter(pk__in=signers).values_list("pk", "office"))


def _receipt(
    holder: Holder,
    record: ConsentRecord,
    viewer: Viewer,
    own: bool,
    notes: list[Part],
    offices: dict[int, str],
) -> Receipt:
    is_party = own or not viewer.keys.isdisjoint(record.recipients)
    readable = {Visibility.PUBLIC, Visibility.PARTIES} if is_party else {Visibility.PUBLIC}
    facts = [
        (str(Fact(name).label), text)
        for name, text in _said(record, viewer, offices).items()
        if text and record.visibility.get(name) in readable
    ]
    names = {f"{detail}{record.number}" for detail in Detail.values}
    details = [n for n in notes if n.name in names and not viewer.keys.isdisjoint(n.readers or ())]
    return Receipt(holder, facts, details)


def _said(record: ConsentRecord, viewer: Viewer, offices: dict[int, str]) -> dict[str, str]:
    return {
        Fact.BASIS: str(Basis(record.basis).label),
        Fact.METHOD: str(Method(record.method).label),
        Fact.OFFICES: _("; ").join(offices[pk] for pk in record.signers if pk in offices),
        Fact.VALIDITY: _validity(record, viewer),
        Fact.PERMIT: record.permit,
        Fact.AGREEMENT: str(Agreement(record.agreement).label) if record.agreement else "",
    }


def _validity(record: ConsentRecord, viewer: Viewer) -> str:
    starts = day(record.valid_from or record.at, viewer)
    if not record.valid_until:
        return _("From %(starts)s, until the holders end it") % {"starts": starts}
    return _("From %(starts)s until %(ends)s") % {"starts": starts, "ends": day(record.valid_until, viewer)}
