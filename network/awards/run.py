"""The only module that moves a nomination's Wagtail run, and only after the engine has spoken."""

from wagtail.models import TaskState, WorkflowState

from network.awards.models import Nomination
from network.calls.enums import Outcome, StageKind
from network.calls.models import StageRun


def follow(nomination: Nomination, stage: StageRun, user) -> None:
    """Let the Wagtail run show what has just ended in the engine. Called inside the deed's transaction."""
    now = StageRun.objects.open().filter(case=stage.case_id).first()
    state = WorkflowState.objects.select_for_update().for_instance(nomination).active().first()
    if now is not None and now.kind not in _shown(nomination):
        return
    if state is None:
        nomination.save_revision(user=user, log_action=True)
        nomination.get_workflow().start(nomination, user)
    elif stage.outcome == Outcome.INELIGIBLE:
        state.cancel(user=user)
    elif stage.outcome == Outcome.RETURNED:
        _task_state(state).reject(user=user)
    elif state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        # Wagtail resumes where it was turned back; a new endorsement before that is waited for.
        if now is not None and now.kind != StageKind.ENDORSE:
            nomination.save_revision(user=user, log_action=True)
            state.resume(user=user)
    else:
        _task_state(state).approve(user=user)


def _shown(nomination: Nomination) -> set[str]:
    """Kinds of stages that have a step in this edition's workflow, and the writing before all of them."""
    steps = {task.specific.kind for task in nomination.get_workflow().tasks}
    return steps | {StageKind.SUBMIT.value}


def _task_state(state: WorkflowState) -> TaskState:
    """Read and locked afresh: Wagtail trusts whatever stale copy it is given."""
    return TaskState.objects.select_for_update().get(pk=state.current_task_state_id)
