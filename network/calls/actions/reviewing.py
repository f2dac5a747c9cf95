"""The jury stage: assigning, scoring, recusing; the panel closes by itself when the last score is in."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.calls import chronicle, policies
from network.calls.actions._door import actor, close_run, locked_case, open_run, require, ring
from network.calls.enums import AssignmentState, ConflictSource, Outcome, StageKind
from network.calls.models import Assignment, Case, Conflict, PanelMember, Review, StageRun
from network.foundations.exceptions import Refused
from network.foundations.viewer import viewer_for
from network.outbox.actions import announce


def assign(case: Case, run: StageRun, member: PanelMember) -> Assignment | None:
    """Entrust a case to a juror, unless she has a conflict; the conflicts that show from data are found here.

    Called with the call locked.
    """
    if member.person is None or member.disclosed_at is None:
        return None
    if Conflict.objects.filter(case=case, person=member.person).exists():
        return None
    if reason := derived_conflict(case, member):
        conflict = Conflict.objects.create(
            case=case, person=member.person, source=ConflictSource.DERIVED, reason=reason
        )
        chronicle.record(
            case.call, "conflict", by=member.person, case=case, conflict=conflict.pk, source=conflict.source
        )
        return None
    return Assignment.objects.get_or_create(run=run, member=member, defaults={"case": case})[0]


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


def submit_review(*, case: Case, scores: dict[str, int], reasons: dict[str, str], by) -> Review:
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
        )
        assignment.state = AssignmentState.DONE
        assignment.save(update_fields=["state", "changed_at"])
        chronicle.record(locked.call, "reviewed", by=by, case=locked, review=review.pk)
        _close_panel_if_complete(locked, by=by)
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


def recuse(*, case: Case, reason: str, by) -> Conflict:
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


def withdraw_from(case: Case, person, *, by) -> None:
    """Take a case that is under review out of a person's hands. Called with the call locked."""
    withdrawn = (
        Assignment.objects.active()
        .filter(case=case, member__person=person, run__closed_at=None)
        .update(state=AssignmentState.RECUSED, changed_at=timezone.now())
    )
    if withdrawn:
        _close_panel_if_complete(case, by=by)


def excuse(*, assignment: Assignment, by) -> None:
    """The secretariat goes on without a juror who cannot score this case."""
    with locked_case(assignment.case_id) as locked:
        require(policies.can_manage(actor(by), locked.call))
        current = Assignment.objects.get(pk=assignment.pk)
        if current.state != AssignmentState.ASSIGNED or current.run.closed_at is not None:
            raise Refused(_("This juror's scores are in, or the panel has closed."))
        current.state = AssignmentState.EXCUSED
        current.save(update_fields=["state", "changed_at"])
        chronicle.record(locked.call, "excused", by=by, case=locked, assignment=current.pk)
        _close_panel_if_complete(locked, by=by)


def _close_panel_if_complete(case: Case, *, by) -> None:
    """All who are entrusted have scored, and they are enough: the stage ends, the scores can be read."""
    states = list(Assignment.objects.active().filter(run=case.run).values_list("state", flat=True))
    if not states or AssignmentState.ASSIGNED in states or len(states) < case.call.rules["quorum"]:
        return
    with transaction.atomic():
        run = close_run(case, outcome=Outcome.SCORED, by=by)
        chronicle.record(case.call, "panel-closed", by=by, case=case, run=run.pk)
        open_run(case, StageKind.DECIDE)
        announce(f"call:{case.call_id}", "calls.panel_closed", case=case.pk)
        ring(case, run, by)
