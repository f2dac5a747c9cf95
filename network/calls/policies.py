"""Who may do what to a call and its cases. Pure answers; the default is no."""

from network.calls import course
from network.calls.conflicts import tie_of
from network.calls.enums import AssignmentState, Outcome, SeatState, StageKind
from network.calls.models import Assignment, Call, Case, PanelMember, StageRun
from network.calls.procedures import procedures
from network.calls.querysets import SECRETARIAT
from network.foundations.viewer import Viewer
from network.thesaurus.models import Term


def can_manage(viewer: Viewer, call: Call) -> bool:
    """Open it, seat its jury, release its results."""
    return viewer.has(SECRETARIAT)


def can_amend(viewer: Viewer, call: Call) -> bool:
    """Extend it, change its rules, grant late entry: while it runs, and never silently."""
    return can_manage(viewer, call) and call.opened_at is not None and call.released_at is None


def can_submit_for(viewer: Viewer, call: Call, party: Term | None) -> bool:
    procedure = procedures.get(call.procedure)
    return bool(viewer.is_member and procedure and procedure.may_submit(viewer, call, party))


def can_view(viewer: Viewer, case: Case) -> bool:
    return Case.objects.visible_to(viewer).filter(pk=case.pk).exists()


def can_enter(viewer: Viewer, call: Call) -> bool:
    """Type in what came by letter."""
    return can_manage(viewer, call)


def can_edit(viewer: Viewer, case: Case) -> bool:
    """Those who may bring it, and whoever typed the letter, while it is being prepared."""
    typed = case.entered_by_id is not None and case.entered_by_id == viewer.user_id
    return _at(case, StageKind.SUBMIT) and (
        can_submit_for(viewer, case.call, case.party) or (typed and can_enter(viewer, case.call))
    )


def can_endorse(viewer: Viewer, case: Case) -> bool:
    procedure = procedures.get(case.call.procedure)
    return bool(
        _at(case, StageKind.ENDORSE)
        and viewer.is_member
        and procedure
        and procedure.endorses(viewer, case.call, case.party)
    )


def can_send_link(viewer: Viewer, case: Case) -> bool:
    return can_manage(viewer, case.call) and can_view(viewer, case) and _at(case, StageKind.ENDORSE)


def can_answer_seat(viewer: Viewer, member: PanelMember) -> bool:
    return viewer.is_member and member.person_id == viewer.user_id


def can_disclose(viewer: Viewer, member: PanelMember) -> bool:
    return can_answer_seat(viewer, member) and member.state == SeatState.ACCEPTED


def can_raise_conflict(viewer: Viewer, case: Case) -> bool:
    return can_manage(viewer, case.call) and can_view(viewer, case) and case.call.released_at is None


def can_substitute(viewer: Viewer, case: Case) -> bool:
    return can_manage(viewer, case.call) and can_view(viewer, case) and _at(case, StageKind.REVIEW)


def can_screen(viewer: Viewer, case: Case) -> bool:
    return viewer.has(SECRETARIAT) and _at(case, StageKind.SCREEN) and is_outsider(viewer, case)


def can_review(viewer: Viewer, case: Case) -> bool:
    return assignment_of(viewer, case) is not None


def can_recuse(viewer: Viewer, case: Case) -> bool:
    return can_review(viewer, case)


def can_decide(viewer: Viewer, case: Case) -> bool:
    """Those whom the stage names (the secretariat), but nobody who brought, screened or scored this case."""
    if not (_at(case, StageKind.DECIDE) and viewer.is_member and is_outsider(viewer, case)):
        return False
    if not viewer.has(course.stage_at(case.call.rules, case.run.place).get("by", SECRETARIAT)):
        return False
    screened = StageRun.objects.filter(
        case=case, kind=StageKind.SCREEN, outcome=Outcome.ELIGIBLE, closed_by_id=viewer.user_id
    )
    scored = Assignment.objects.filter(case=case, member__person_id=viewer.user_id)
    return not screened.exists() and not scored.exists()


def assignment_of(viewer: Viewer, case: Case) -> Assignment | None:
    """The viewer's assignment in the jury stage that is open now, if she may still score."""
    if not viewer.is_member or not _at(case, StageKind.REVIEW) or not can_view(viewer, case):
        return None
    return (
        Assignment.objects.active()
        .filter(
            run=case.run,
            member__in=PanelMember.objects.sitting(case.call.at.date()),
            member__person_id=viewer.user_id,
        )
        .select_related("member", "run")
        .first()
    )


def discussing_seat(viewer: Viewer, case: Case) -> Assignment | None:
    """The viewer's part in the panel that has just closed, if she scored and may speak about the case."""
    if not viewer.is_member or not _at(case, StageKind.DISCUSS) or not can_view(viewer, case):
        return None
    done = Assignment.objects.filter(case=case, state=AssignmentState.DONE, member__person_id=viewer.user_id)
    return done.select_related("member", "run").order_by("-run_id").first()


def can_read_discussion(viewer: Viewer, case: Case) -> bool:
    """Those who scored, and the secretariat: from the close of the panel on, never across a conflict."""
    if not viewer.is_member or not can_view(viewer, case):
        return False
    if not case.runs.filter(kind=StageKind.REVIEW, outcome=Outcome.SCORED).exists():
        return False
    scored = Assignment.objects.filter(
        case=case, state=AssignmentState.DONE, member__person_id=viewer.user_id, run__closed_at__isnull=False
    )
    return can_manage(viewer, case.call) or scored.exists()


def can_close_discussion(viewer: Viewer, case: Case) -> bool:
    return can_manage(viewer, case.call) and can_view(viewer, case) and _at(case, StageKind.DISCUSS)


def _at(case: Case, kind: StageKind) -> bool:
    return case.run is not None and case.run.kind == kind


def is_outsider(viewer: Viewer, case: Case) -> bool:
    """Neither brought the case nor has a conflict about it, on record or found now.

    The same for whoever screens it, decides on it, has its site looked at or tells its result early.
    """
    if not viewer.is_member or case.conflicts.filter(person_id=viewer.user_id).exists():
        return False
    return not tie_of(viewer.user, case)
