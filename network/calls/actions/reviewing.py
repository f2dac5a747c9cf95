"""The jury stage: assigning, scoring, recusing; the panel closes by itself when the last score is in."""

from typing import Any

from django.utils.translation import gettext as _

from network.calls import chronicle, course, policies
from network.calls.actions._door import actor, advance, close_run, locked_case, require, ring
from network.calls.enums import AssignmentState, ConflictSource, Outcome, StageKind
from network.calls.models import Assignment, Case, Conflict, PanelMember, Review, StageRun
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused
from network.foundations.viewer import viewer_for
from network.outbox.actions import announce


def begin_review(case: Case, run: StageRun | None, *, by: Any) -> None:
    """Entrust a case to the whole panel, where the stage that has opened is the panel's. Call locked."""
    if run is not None and run.kind == StageKind.REVIEW:
        for member in case.call.panel.select_related("person"):
            entrust(case, run, member, by=by)


def entrust(case: Case, run: StageRun, member: PanelMember, *, by: Any) -> Assignment | None:
    """Entrust a case to a juror, unless she has a conflict; the conflicts that show from data are found here.

    Called with the call locked.
    """
    if member.person is None or member.disclosed_at is None:
        return None
    if Conflict.objects.filter(case=case, person=member.person).exists():
        return None
    if reason := derived_conflict(case, member):
        conflict = Conflict.objects.create(
            case=case, person=member.person, source=ConflictSource.DERIVED, reason=reason, at=case.call.at
        )
        chronicle.record(
            case.call, "conflict", by=by, case=case, conflict=conflict.pk, source=conflict.source
        )
        return None
    assignment, made = Assignment.objects.get_or_create(run=run, member=member, defaults={"case": case})
    if made:
        chronicle.record(
            case.call, "entrusted", by=by, case=case, assignment=assignment.pk, member=member.pk
        )
    return assignment


def derived_conflict(case: Case, member: PanelMember) -> str:
    """The code of a conflict that follows from what the system knows; empty when there is none.

    'Jury members who are Party representatives will not be allowed to assess their own national
    clearing-house' (modalities of the COP-15 award).
    """
    if case.nominator_id == member.person_id:
        return "nominator"
    if case.party_id and case.party_id == member.represents_id:
        return "same-party"
    if case.party_id in viewer_for(member.person).ids("focal_point"):
        return "focal-point"
    return ""


@deed
def submit_review(*, case: Case, scores: dict[str, int], reasons: dict[str, str], by: Any) -> Review:
    """Store a juror's scores as a new version; with the last juror's the panel closes in the same breath."""
    with locked_case(case.pk) as locked:
        assignment = policies.assignment_of(actor(by), locked)
        require(assignment is not None, _("This nomination is not open to your scores."))
        _check_scores(locked.call.rules, scores, reasons)
        review = Review.objects.create(
            assignment=assignment,
            version=assignment.reviews.count() + 1,
            scores=scores,
            reasons={code: reason.strip() for code, reason in reasons.items() if reason.strip()},
            digest=locked.digest,
            at=locked.call.at,
        )
        assignment.state = AssignmentState.DONE
        assignment.save(update_fields=["state", "changed_at"])
        chronicle.record(
            locked.call, "reviewed", by=by, case=locked, review=review.pk, assignment=assignment.pk
        )
        close_panel_if_complete(locked, by=by)
        return review


def _check_scores(rules: dict, scores: dict[str, int], reasons: dict[str, str]) -> None:
    lowest, highest = rules["scale"]
    codes = [criterion["code"] for criterion in rules["criteria"]]
    if set(scores) != set(codes):
        raise Refused(_("Give a score for each criterion."))
    for code in codes:
        score = scores[code]
        if type(score) is not int or not lowest <= score <= highest:
            raise Refused(
                _("A score is a whole number from %(lowest)d to %(highest)d.")
                % {"lowest": lowest, "highest": highest},
                field=f"score_{code}",
            )
        if score in (lowest, highest) and not reasons.get(code, "").strip():
            raise Refused(_("Give a reason for the lowest or the highest score."), field=f"reason_{code}")


@deed
def recuse(*, case: Case, reason: str, by: Any) -> Conflict:
    """The juror steps back: the file closes to her and her scores no longer count."""
    with locked_case(case.pk) as locked:
        require(policies.can_recuse(actor(by), locked))
        conflict = Conflict.objects.create(
            case=locked, person=by, source=ConflictSource.DECLARED, reason=reason[:300]
        )
        chronicle.record(
            locked.call, "conflict", by=by, case=locked, conflict=conflict.pk, source=conflict.source
        )
        withdraw_from(locked, by, by=by)
        return conflict


def withdraw_from(case: Case, person: Any, *, by: Any) -> None:
    """Take a case that is under review out of a person's hands. Called with the call locked."""
    taken = Assignment.objects.active().filter(case=case, member__person=person, run__closed_at=None)
    for assignment in taken:
        _set(assignment, AssignmentState.RECUSED, case, by=by)
        close_panel_if_complete(case, by=by)


def _set(assignment: Assignment, state: AssignmentState, case: Case, *, by: Any) -> None:
    assignment.state = state
    assignment.save(update_fields=["state", "changed_at"])
    chronicle.record(case.call, state.value, by=by, case=case, assignment=assignment.pk)


@deed
def excuse(*, assignment: Assignment, by: Any) -> None:
    """The secretariat goes on without a juror who cannot score this case."""
    with locked_case(assignment.case_id) as locked:
        require(policies.can_manage(actor(by), locked.call))
        current = Assignment.objects.get(pk=assignment.pk)
        if current.state != AssignmentState.ASSIGNED or current.run.closed_at is not None:
            raise Refused(_("This juror's scores are in, or the panel has closed."))
        _set(current, AssignmentState.EXCUSED, locked, by=by)
        close_panel_if_complete(locked, by=by)


def close_panel_if_complete(case: Case, *, by: Any) -> None:
    """All who are entrusted have scored, and they are enough: the stage ends, the scores can be read."""
    run = case.run
    if run is None or run.kind != StageKind.REVIEW:
        return
    states = list(Assignment.objects.active().filter(run=run).values_list("state", flat=True))
    enough = course.quorum_at(case.call.rules, run.place)
    if not states or AssignmentState.ASSIGNED in states or len(states) < enough:
        return
    run = close_run(case, outcome=Outcome.SCORED, by=by)
    opened = advance(case, run)
    chronicle.record(
        case.call, "panel-closed", by=by, case=case, run=run.pk, opens=opened.kind if opened else None
    )
    announce(f"call:{case.call_id}", "calls.panel_closed", case=case.pk)
    ring(case, run, by)
