"""Who may do what to a call and its cases. Pure answers; the default is no."""

from network.calls import course
from network.calls.enums import Outcome, StageKind
from network.calls.models import Assignment, Call, Case, StageRun
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


def can_edit(viewer: Viewer, case: Case) -> bool:
    return can_submit_for(viewer, case.call, case.party) and _at(case, StageKind.SUBMIT)


def can_screen(viewer: Viewer, case: Case) -> bool:
    return viewer.has(SECRETARIAT) and _at(case, StageKind.SCREEN) and _is_outsider(viewer, case)


def can_review(viewer: Viewer, case: Case) -> bool:
    return assignment_of(viewer, case) is not None


def can_recuse(viewer: Viewer, case: Case) -> bool:
    return can_review(viewer, case)


def can_decide(viewer: Viewer, case: Case) -> bool:
    """Those whom the stage names (the secretariat), but nobody who brought, screened or scored this case."""
    if not (_at(case, StageKind.DECIDE) and viewer.is_member and _is_outsider(viewer, case)):
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
        .filter(run=case.run, member__person_id=viewer.user_id, member__disclosed_at__isnull=False)
        .select_related("member", "run")
        .first()
    )


def _at(case: Case, kind: StageKind) -> bool:
    return case.run is not None and case.run.kind == kind


def _is_outsider(viewer: Viewer, case: Case) -> bool:
    """Neither brought the case nor has a conflict about it."""
    if case.nominator_id == viewer.user_id or case.party_id in viewer.ids("focal_point"):
        return False
    return not case.conflicts.filter(person_id=viewer.user_id).exists()
