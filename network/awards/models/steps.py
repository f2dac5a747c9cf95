"""The steps that Wagtail shows: its dashboard, reports and history are windows on the engine.

Nothing is decided here. Wagtail's ``on_action`` checks no permission, takes the posted data as it comes
and trusts the object it was given; so each step finds the nomination through the task state, asks the
engine's policy, cleans the data with the engine's form and calls the engine's action. The run moves on
only when the engine says that a stage has ended (``awards.receivers``).
"""

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Task, TaskState

from network.awards.enums import CHECKLIST, Medal
from network.awards.models.editions import Nomination
from network.calls import actions as engine
from network.calls import policies
from network.calls.enums import StageKind
from network.calls.forms import DecisionForm, ScreeningForm
from network.foundations.exceptions import Refused
from network.foundations.viewer import viewer_for


class EngineTask(Task):
    """What the steps share: locked for everybody, shown to those who may open the file."""

    #: The stage of the engine that this step shows.
    kind: StageKind

    class Meta:
        abstract = True

    def locked_for_user(self, obj, user) -> bool:
        return True

    def user_can_lock(self, obj, user) -> bool:
        return False

    def user_can_unlock(self, obj, user) -> bool:
        return False

    def get_task_states_user_can_moderate(self, user, **kwargs):
        """In-progress states of nominations that wait for this very person."""
        viewer = viewer_for(user)
        waiting = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS).select_related(
            "workflow_state"
        )
        mine = [
            state.pk
            for state in waiting
            if (nomination := nomination_of(state)) is not None and self.awaits(nomination, viewer)
        ]
        return TaskState.objects.filter(pk__in=mine)

    def awaits(self, nomination: Nomination, viewer) -> bool:
        raise NotImplementedError

    def on_action(self, task_state, user, action_name, **data):
        nomination = nomination_of(task_state)
        allowed = {name for name, _label, _modal in self.get_actions(nomination, user)}
        if task_state.status != TaskState.STATUS_IN_PROGRESS or action_name not in allowed:
            raise PermissionDenied
        form = self.get_form_for_action(action_name)(data)
        if not form.is_valid():
            raise ValidationError(form.errors.as_data())
        try:
            self.perform(nomination, user, form.cleaned_data)
        except Refused as refusal:
            # Wagtail has no place for a sentence here; it turns this one into a message and no error.
            raise PermissionDenied(refusal.sentence) from None


def nomination_of(task_state: TaskState) -> Nomination | None:
    """The nomination that a task state is about, read afresh: never the object that a view passed in."""
    return (
        Nomination.objects.select_related("case__call", "case__party", "edition")
        .filter(pk=task_state.workflow_state.object_id)
        .first()
    )


class EndorsementTask(EngineTask):
    """What came by letter waits for the focal point; passed over where she has handed in herself."""

    kind = StageKind.ENDORSE

    class Meta:
        verbose_name = _("award: endorsement")
        verbose_name_plural = _("award: endorsement")

    def start(self, workflow_state, user=None) -> TaskState:
        state = super().start(workflow_state, user=user)
        nomination = nomination_of(state)
        if nomination is None or nomination.case.run is None or nomination.case.run.kind != self.kind:
            state.status, state.finished_at = TaskState.STATUS_SKIPPED, timezone.now()
            state.save(update_fields=["status", "finished_at"])
        return state

    def awaits(self, nomination: Nomination, viewer) -> bool:
        return policies.can_view(viewer, nomination.case) and (
            policies.can_send_link(viewer, nomination.case) or policies.can_endorse(viewer, nomination.case)
        )

    def perform(self, nomination: Nomination, user, data: dict) -> None:
        raise PermissionDenied  # it is confirmed on its page or by a link, never here

    @classmethod
    def get_description(cls):
        return _("The focal point confirms a nomination that came by letter.")


class EligibilityTask(EngineTask):
    """The secretariat screens."""

    kind = StageKind.SCREEN

    class Meta:
        verbose_name = _("award: eligibility")
        verbose_name_plural = _("award: eligibility")

    def awaits(self, nomination: Nomination, viewer) -> bool:
        return policies.can_view(viewer, nomination.case) and policies.can_screen(viewer, nomination.case)

    def get_actions(self, obj, user) -> list[tuple]:
        if not self.awaits(obj, viewer_for(user)):
            return []
        return [("screen", _("Record a finding"), True)]

    def get_form_for_action(self, action):
        class ListedScreeningForm(ScreeningForm):
            def __init__(self, *args, **kwargs) -> None:
                super().__init__(*args, checklist=CHECKLIST, **kwargs)

        return ListedScreeningForm

    def perform(self, nomination: Nomination, user, data: dict) -> None:
        engine.screen(case=nomination.case, by=user, **data)

    @classmethod
    def get_description(cls):
        return _("The secretariat finds whether a nomination is eligible.")


class JuryTask(EngineTask):
    """The jury scores on its own pages; here the step is only seen by those who wait for it to end."""

    kind = StageKind.REVIEW

    class Meta:
        verbose_name = _("award: jury")
        verbose_name_plural = _("award: jury")

    def awaits(self, nomination: Nomination, viewer) -> bool:
        return policies.can_view(viewer, nomination.case) and (
            policies.can_manage(viewer, nomination.case.call) or policies.can_review(viewer, nomination.case)
        )

    @classmethod
    def get_description(cls):
        return _("The jury scores independently; the step ends by itself when the last score is in.")


class DiscussionTask(EngineTask):
    """The panel talks on its own page; the secretariat closes it there or here."""

    kind = StageKind.DISCUSS

    class Meta:
        verbose_name = _("award: discussion")
        verbose_name_plural = _("award: discussion")

    def awaits(self, nomination: Nomination, viewer) -> bool:
        return policies.can_close_discussion(viewer, nomination.case)

    def get_actions(self, obj, user) -> list[tuple]:
        return [("close", _("Close the discussion"), False)] if self.awaits(obj, viewer_for(user)) else []

    def get_form_for_action(self, action):
        return forms.Form

    def perform(self, nomination: Nomination, user, data: dict) -> None:
        engine.close_discussion(case=nomination.case, by=user)

    @classmethod
    def get_description(cls):
        return _("The jury discusses after its scores are sealed for good.")


class DecisionTask(EngineTask):
    """Decisions are recorded sealed; the step ends for all nominations alike when results are released."""

    kind = StageKind.DECIDE

    class Meta:
        verbose_name = _("award: decision")
        verbose_name_plural = _("award: decision")

    def awaits(self, nomination: Nomination, viewer) -> bool:
        return policies.can_view(viewer, nomination.case) and policies.can_decide(viewer, nomination.case)

    def get_actions(self, obj, user) -> list[tuple]:
        if not self.awaits(obj, viewer_for(user)):
            return []
        return [("decide", _("Record a decision"), True)]

    def get_form_for_action(self, action):
        outcomes = dict(Medal.choices)

        class SealedDecisionForm(DecisionForm):
            def __init__(self, *args, **kwargs) -> None:
                super().__init__(*args, outcomes=outcomes, **kwargs)

        return SealedDecisionForm

    def perform(self, nomination: Nomination, user, data: dict) -> None:
        engine.decide(case=nomination.case, by=user, **data)

    @classmethod
    def get_description(cls):
        return _("The decision is recorded and stays sealed until the results are released.")
