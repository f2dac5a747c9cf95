"""What the record of a call tells, told again from its first event: it must be what stands in the tables."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from network.calls import chronicle
from network.calls.enums import AssignmentState, Outcome, SeatState, StageKind
from network.calls.models import (
    Assignment,
    Call,
    Case,
    Conflict,
    Decision,
    Event,
    Grant,
    PanelMember,
    Remark,
    Review,
)


@dataclass
class CaseState:
    """One case, as far as the record knows it. ``stage`` is the open one."""

    stage: str | None = None
    submitted: bool = False
    digest: str = ""
    ended: list[tuple[int, str]] = field(default_factory=list)
    assignments: dict[int, str] = field(default_factory=dict)
    conflicts: set[int] = field(default_factory=set)
    reviews: set[int] = field(default_factory=set)
    decisions: set[int] = field(default_factory=set)
    remarks: set[int] = field(default_factory=set)


@dataclass
class CallState:
    opened: bool = False
    released: bool = False
    rules: str = ""
    closes_at: str = ""
    amendments: int = 0
    grants: set[int] = field(default_factory=set)
    #: Seat to how its invitation was answered and whether interests have been disclosed.
    panel: dict[int, tuple[str, bool]] = field(default_factory=dict)
    cases: dict[int, CaseState] = field(default_factory=dict)


#: Kinds of events that end a stage, with the outcome that they mean.
ENDS = {
    "submitted": Outcome.SUBMITTED,
    "endorsed": Outcome.ENDORSED,
    "eligible": Outcome.ELIGIBLE,
    "returned": Outcome.RETURNED,
    "ineligible": Outcome.INELIGIBLE,
    "panel-closed": Outcome.SCORED,
    "discussed": Outcome.DISCUSSED,
    "went-on": Outcome.WENT_ON,
    "ended": Outcome.ENDED,
}


def replay(events: Iterable[Event]) -> CallState:
    """The state that follows from the events alone."""
    state = CallState()
    for event in events:
        if event.case is None:
            _of_call(state, event.kind, event.ids)
        else:
            _of_case(state.cases.setdefault(event.case, CaseState()), event.kind, event.ids)
    return state


def _of_call(state: CallState, kind: str, ids: dict[str, Any]) -> None:
    if kind in ("opened", "amended"):
        state.opened = True
        state.amendments += kind == "amended"
        state.rules = ids.get("rules", state.rules)
        state.closes_at = ids.get("closes_at", state.closes_at)
    elif kind == "granted":
        state.grants.add(ids["grant"])
    elif kind == "seated":
        state.panel[ids["member"]] = (SeatState.INVITED.value, False)
    elif kind == "answered":
        state.panel[ids["member"]] = (ids["state"], False)
    elif kind == "disclosed":
        state.panel[ids["member"]] = (SeatState.ACCEPTED.value, True)
    elif kind == "released":
        state.released = True
        for case in state.cases.values():
            if case.stage == StageKind.DECIDE:
                case.stage = None


def _of_case(case: CaseState, kind: str, ids: dict[str, Any]) -> None:
    if kind == "started":
        case.stage = StageKind.SUBMIT.value
    if kind == "submitted":
        case.submitted, case.digest = True, ids["digest"]
    if kind in ENDS:
        case.ended.append((ids["run"], ENDS[kind].value))
        case.stage = ids["opens"]
    elif kind == "entrusted":
        case.assignments[ids["assignment"]] = AssignmentState.ASSIGNED.value
    elif kind == "reviewed":
        case.reviews.add(ids["review"])
        case.assignments[ids["assignment"]] = AssignmentState.DONE.value
    elif kind in (AssignmentState.RECUSED, AssignmentState.EXCUSED):
        case.assignments[ids["assignment"]] = kind
    elif kind == "conflict":
        case.conflicts.add(ids["conflict"])
    elif kind == "rescored":
        case.reviews.add(ids["review"])
    elif kind == "remarked":
        case.remarks.add(ids["remark"])
    elif kind == "decided":
        case.decisions.add(ids["decision"])


def present(call: Call) -> CallState:
    """The same, read from the tables."""
    return CallState(
        opened=call.opened_at is not None,
        released=call.released_at is not None,
        rules=chronicle.digest_of(call.rules) if call.opened_at else "",
        closes_at=call.closes_at.isoformat() if call.opened_at else "",
        amendments=call.amendments.count(),
        grants=set(Grant.objects.filter(call=call).values_list("pk", flat=True)),
        panel={
            seat.pk: (seat.state, seat.disclosed_at is not None)
            for seat in PanelMember.objects.filter(call=call)
        },
        cases=_cases(call),
    )


def _cases(call: Call) -> dict[int, CaseState]:
    found: dict[int, CaseState] = {}
    for case in Case.objects.filter(call=call).prefetch_related("runs"):
        runs = [(run.pk, run.outcome) for run in case.runs.all() if run.closed_at]
        found[case.pk] = CaseState(
            stage=case.run.kind if case.run else None,
            submitted=case.submitted_at is not None,
            digest=case.digest,
            ended=[(pk, outcome) for pk, outcome in runs if outcome != Outcome.RELEASED],
        )
    for assignment in Assignment.objects.filter(case__call=call):
        found[assignment.case_id].assignments[assignment.pk] = assignment.state
    for conflict in Conflict.objects.filter(case__call=call):
        found[conflict.case_id].conflicts.add(conflict.pk)
    for pk, case_id in Review.objects.filter(assignment__case__call=call).values_list(
        "pk", "assignment__case"
    ):
        found[case_id].reviews.add(pk)
    for remark in Remark.objects.filter(case__call=call):
        found[remark.case_id].remarks.add(remark.pk)
    for decision in Decision.objects.filter(case__call=call):
        found[decision.case_id].decisions.add(decision.pk)
    return found


def disagreements(call: Call) -> list[str]:
    """Where the tables say something else than the record; empty when both agree."""
    told = replay(Event.objects.filter(call=call.pk).order_by("number"))
    stands = present(Call.objects.get(pk=call.pk))
    found = [
        name
        for name in ("opened", "released", "rules", "closes_at", "amendments", "grants", "panel")
        if getattr(told, name) != getattr(stands, name)
    ]
    for pk in sorted(told.cases.keys() | stands.cases.keys()):
        if told.cases.get(pk) != stands.cases.get(pk):
            found.append(f"case {pk}")
    return found
