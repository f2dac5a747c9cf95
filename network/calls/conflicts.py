"""Ties between a person and a case that follow from what the system knows; nobody has to declare them."""

from typing import Any

from network.calls.models import Case, PanelMember
from network.calls.procedures import procedures
from network.foundations.viewer import viewer_for


def tie_of(person: Any, case: Case) -> str:
    """The code of the first tie that is found; empty when there is none.

    The same for jurors, screeners and those who decide. 'Jury members who are Party representatives will
    not be allowed to assess their own national clearing-house' (modalities of the COP-15 award).
    """
    if person.pk in (case.nominator_id, case.entered_by_id):
        return "nominator"
    if case.party_id:
        if case.party_id in viewer_for(person).ids("focal_point"):
            return "focal-point"
        seats = PanelMember.objects.filter(call=case.call_id, person=person, represents=case.party_id)
        if seats.exists():
            return "same-party"
        if _brought_before(person, case):
            return "earlier-edition"
    procedure = procedures.get(case.call.procedure)
    return procedure.tie(case, person) if procedure else ""


def _brought_before(person: Any, case: Case) -> bool:
    """She nominated the same Party in an earlier call of the same procedure."""
    return (
        Case.objects.filter(party=case.party_id, nominator=person, call__procedure=case.call.procedure)
        .exclude(pk=case.pk)
        .exists()
    )
