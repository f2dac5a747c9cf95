"""Which juror comes next for a case: who reads its language first, then who has the least to read."""

from django.db.models import Count, Q

from network.calls.conflicts import tie_of
from network.calls.models import Case, PanelMember, StageRun
from network.calls.procedures import procedures
from network.calls.querysets import ACTIVE


def candidates(case: Case, run: StageRun) -> list[PanelMember]:
    """Seats that could take the case: sitting, not asked yet in this pass, without a conflict on record."""
    seats = (
        case.call.panel.sitting(case.call.at.date())
        .exclude(assignments__run=run)
        .exclude(person__conflicts__case=case)
        .select_related("person")
        .annotate(load=Count("assignments", filter=Q(assignments__state__in=ACTIVE), distinct=True))
    )
    return sorted(seats, key=lambda seat: (not reads(seat, case), seat.load, seat.pk))


def proposals(case: Case, run: StageRun) -> list[PanelMember]:
    """The same, without those whose tie the system would find: whom the secretariat may ask."""
    return [seat for seat in candidates(case, run) if not tie_of(seat.person, case)]


def reads(seat: PanelMember, case: Case) -> bool:
    """She reads a language of the case, as far as anything is known of its languages."""
    procedure = procedures.get(case.call.procedure)
    written = procedure.languages(case) if procedure else []
    return not written or bool(set(written) & set(seat.languages))
