"""The only module that moves a nomination's Wagtail run, and only after the engine has spoken."""

from wagtail.models import TaskState, WorkflowState

from network.awards.models import Nomination
from network.calls.enums import Outcome, StageKind
from network.calls.models import StageRun

#: Stages that have no step of their own in Wagtail.
UNSHOWN = (StageKind.ENDORSE, StageKind.DISCUSS)


def follow(nomination: Nomination, stage: StageRun, user) -> None:
    """Let the Wagtail run show what has just ended in the engine. Called inside the deed's transaction."""
    # A case that waits for its endorsement or is being discussed has not moved on in what Wagtail shows.
    if StageRun.objects.open().filter(case=stage.case_id, kind__in=UNSHOWN).exists():
        return
    if stage.kind in (StageKind.SUBMIT, StageKind.ENDORSE):
        _submit(nomination, user)
    elif stage.outcome == Outcome.INELIGIBLE:
        _current(nomination).cancel(user=user)
    elif stage.outcome == Outcome.RETURNED:
        _task_state(nomination).reject(user=user)
    else:
        _task_state(nomination).approve(user=user)


def _submit(nomination: Nomination, user) -> None:
    nomination.save_revision(user=user, log_action=True)
    state = WorkflowState.objects.for_instance(nomination).active().first()
    if state is None:
        nomination.get_workflow().start(nomination, user)
    else:
        state.resume(user=user)


def _current(nomination: Nomination) -> WorkflowState:
    return WorkflowState.objects.select_for_update().for_instance(nomination).active().get()


def _task_state(nomination: Nomination) -> TaskState:
    """Read and locked afresh: Wagtail trusts whatever stale copy it is given."""
    state = _current(nomination)
    return TaskState.objects.select_for_update().get(pk=state.current_task_state_id)
