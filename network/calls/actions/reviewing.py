"""The jury stage: assigning, scoring, recusing; the panel closes by itself when the last score is in."""

from typing import Any

from django.utils.translation import gettext as _

from network.calls import chronicle, course, policies, scoring
from network.calls.actions._door import actor, advance, close_run, locked_case, require, ring
from network.calls.conflicts import tie_of
from network.calls.enums import AssignmentState, ConflictSource, Outcome, StageKind
from network.calls.models import Assignment, Case, Conflict, Event, PanelMember, Review, ReviewDraft, StageRun
from network.calls.seating import candidates
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused
from network.outbox.actions import announce


def begin_review(case: Case, run: StageRun | None, *, by: Any) -> None:
    """Entrust a case to the panel, where the stage that has opened is the panel's. Call locked."""
    if run is not None and run.kind == StageKind.REVIEW:
        fill_panel(case, run, by=by)


def fill_panel(case: Case, run: StageRun, *, by: Any) -> None:
    """Entrust a case to as many jurors as the rules say, to all of them where they say nothing."""
    wanted = case.call.rules.get("jurors") or case.call.panel.count()
    missing = wanted - Assignment.objects.active().filter(run=run).count()
    for seat in candidates(case, run):
        if missing <= 0:
            break
        missing -= entrust(case, run, seat, by=by) is not None


def entrust(case: Case, run: StageRun, member: PanelMember, *, by: Any) -> Assignment | None:
    """Entrust a case to a juror, unless there is a tie that shows from data. Call locked."""
    if reason := tie_of(member.person, case):
        record_conflict(case, member.person, ConflictSource.DERIVED, by=by, reason=reason)
        return None
    assignment, made = Assignment.objects.get_or_create(run=run, member=member, defaults={"case": case})
    if made:
        chronicle.record(case.call, "entrusted", by=by, case=case, assignment=assignment.pk, member=member.pk)
    return assignment


def record_conflict(case: Case, person: Any, source: str, *, by: Any, reason: str = "") -> Conflict:
    """Record a conflict and shut the file to the person. Called with the call locked."""
    conflict, made = Conflict.objects.get_or_create(
        case=case, person=person, defaults={"source": source, "reason": reason, "at": case.call.at}
    )
    if made:
        chronicle.record(case.call, "conflict", by=by, case=case, conflict=conflict.pk, source=source)
        withdraw_from(case, person, by=by)
    return conflict


@deed
def submit_review(*, case: Case, scores: dict[str, int], reasons: dict[str, str], by: Any) -> Review:
    """Store a juror's scores as a new version; with the last juror's the panel closes in the same breath."""
    with locked_case(case.pk) as locked:
        assignment = policies.assignment_of(actor(by), locked)
        require(assignment is not None, _("This nomination is not open to your scores."))
        check_scores(locked.call.rules, scores, reasons)
        review = Review.objects.create(
            assignment=assignment,
            version=assignment.reviews.count() + 1,
            scores=scores,
            reasons={code: reason.strip() for code, reason in reasons.items() if reason.strip()},
            digest=locked.digest,
            at=locked.call.at,
        )
        ReviewDraft.objects.filter(assignment=assignment).delete()
        assignment.state = AssignmentState.DONE
        assignment.save(update_fields=["state", "changed_at"])
        chronicle.record(
            locked.call, "reviewed", by=by, case=locked, review=review.pk, assignment=assignment.pk
        )
        close_panel_if_complete(locked, by=by)
        return review


@deed
def keep_draft(*, case: Case, scores: dict[str, int], reasons: dict[str, str], by: Any) -> ReviewDraft:
    """Keep what a juror has typed so far. Nothing is handed in by it, and scores that she gave stay."""
    with locked_case(case.pk) as locked:
        assignment = policies.assignment_of(actor(by), locked)
        require(assignment is not None, _("This nomination is not open to your scores."))
        codes = {criterion["code"] for criterion in locked.call.rules["criteria"]}
        return ReviewDraft.objects.update_or_create(
            assignment=assignment,
            defaults={
                "scores": {code: score for code, score in scores.items() if code in codes},
                "reasons": {code: text[:2000] for code, text in reasons.items() if code in codes},
                "saved_at": locked.call.at,
            },
        )[0]


def check_scores(rules: dict, scores: dict[str, int], reasons: dict[str, str]) -> None:
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
        return record_conflict(locked, by, ConflictSource.DECLARED, by=by, reason=reason[:300])


def withdraw_from(case: Case, person: Any, *, by: Any) -> None:
    """Take a case and its scores from a person, also where the panel has closed. Call locked."""
    for assignment in Assignment.objects.active().filter(case=case, member__person=person):
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
    if _third_view(case, run, by=by):
        return
    run = close_run(case, outcome=Outcome.SCORED, by=by)
    opened = advance(case, run)
    chronicle.record(
        case.call, "panel-closed", by=by, case=case, run=run.pk, opens=opened.kind if opened else None
    )
    announce(f"call:{case.call_id}", "calls.panel_closed", case=case.pk)
    ring(case, run, by)


def _third_view(case: Case, run: StageRun, *, by: Any) -> bool:
    """Where jurors differ by more than the rules allow, one more is asked, once, before the panel closes."""
    limit = case.call.rules.get("discrepancy")
    asked = Event.objects.filter(call=case.call_id, case=case.pk, kind="third-view").exists()
    if not limit or asked:
        return False
    reviews = Review.objects.counting().filter(assignment__run=run)
    totals = [scoring.total(case.call.rules, review.scores) for review in reviews]
    if max(totals) - min(totals) <= limit * max(totals):
        return False
    for seat in candidates(case, run):
        if entrust(case, run, seat, by=by):
            chronicle.record(case.call, "third-view", by=by, case=case, member=seat.pk)
            announce(f"call:{case.call_id}", "calls.entrusted", case=case.pk, member=seat.pk)
            return True
    return False
