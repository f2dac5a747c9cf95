"""Wagtail's run is a window on the engine: it shows each step, obeys the engine and gives nothing away."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState, WorkflowState

from network.awards.models import (
    DecisionTask,
    DiscussionTask,
    EligibilityTask,
    EndorsementTask,
    JuryTask,
)
from network.calls import actions as engine
from network.calls.enums import Outcome, StageKind
from network.calls.models import Case
from tests import people
from tests.awards import stage

pytestmark = pytest.mark.django_db


def run_of(nomination) -> WorkflowState:
    return WorkflowState.objects.for_instance(nomination).latest("created_at")


def step_of(nomination) -> TaskState:
    return TaskState.objects.get(pk=run_of(nomination).current_task_state_id)


def test_the_run_follows_the_engine_step_by_step_and_ends_with_the_release():
    award = stage.edition(quorum=1)
    juror = stage.juror(award)
    nomination = stage.handed_in(award)
    assert isinstance(step_of(nomination).task.specific, EligibilityTask)
    engine.screen(case=nomination.case, outcome=Outcome.ELIGIBLE, by=people.secretariat())
    assert isinstance(step_of(nomination).task.specific, JuryTask)
    stage.score(nomination, juror)
    assert isinstance(step_of(nomination).task.specific, DecisionTask)
    engine.decide(case=nomination.case, outcome="gold", by=stage.executive())
    assert run_of(nomination).status == "in_progress"
    stage.close(award)
    engine.release(call=award.call, by=people.secretariat())
    assert run_of(nomination).status == "approved"
    nomination.refresh_from_db()
    assert not nomination.live, "a nomination is never published"


def test_what_came_by_letter_and_what_is_discussed_have_steps_of_their_own(client):
    award = stage.edition(quorum=1, discussion=True)
    juror = stage.juror(award)
    nomination = stage.by_letter(award)
    assert isinstance(step_of(nomination).task.specific, EndorsementTask)
    engine.endorse(case=nomination.case, by=stage.focal_point("KE"))
    assert isinstance(step_of(nomination).task.specific, EligibilityTask)
    engine.screen(
        case=nomination.case, outcome=Outcome.RETURNED, reason="No address.", by=stage.executive(),
        due_at=timezone.now() + timedelta(days=2),
    )  # fmt: skip
    engine.submit(case=nomination.case, by=people.secretariat())
    assert run_of(nomination).status == "needs_changes", "it waits for the focal point again"
    engine.endorse(case=nomination.case, by=stage.focal_point("KE"))
    engine.screen(case=nomination.case, outcome=Outcome.ELIGIBLE, by=stage.executive())
    stage.score(nomination, juror)
    assert isinstance(step_of(nomination).task.specific, DiscussionTask)
    people.sign_in(client, people.secretariat())
    assert "Close the discussion" in client.get("/cms/").content.decode()
    state = step_of(nomination)
    with pytest.raises(PermissionDenied):
        state.task.specific.on_action(state, juror, "close")
    state.task.specific.on_action(state, people.secretariat(), "close")
    assert isinstance(step_of(nomination).task.specific, DecisionTask)


def test_what_the_engine_refuses_in_the_cms_is_no_error(client):
    """A decision below the quorum without a note: Wagtail does not break."""
    award = stage.edition(quorum=2)
    jurors = [stage.juror(award), stage.juror(award, "second")]
    nomination = stage.with_jury(award)
    for who in jurors:
        stage.score(nomination, who)
    engine.raise_conflict(case=nomination.case, person=jurors[0], reason="Host", by=people.secretariat())
    people.sign_in(client, stage.executive())
    way = reverse(
        "wagtailsnippets_awards_nomination:workflow_action",
        args=[nomination.pk, "decide", step_of(nomination).pk],
    )
    assert client.post(way, {"outcome": "gold", "note": ""}).status_code < 500
    assert not nomination.case.decisions.exists()


def test_after_the_release_the_status_does_not_tell_who_won():
    award = stage.edition(quorum=1)
    stage.juror(award)
    nominations = [stage.decided(award, "KE", "gold"), stage.decided(award, "FR", "none")]
    stage.close(award)
    engine.release(call=award.call, by=people.secretariat())
    assert {run_of(nomination).status for nomination in nominations} == {"approved"}


def test_a_returned_nomination_waits_for_changes_and_resumes():
    award = stage.edition()
    nomination = stage.handed_in(award)
    engine.screen(
        case=nomination.case, outcome=Outcome.RETURNED, reason="No address.", by=people.secretariat(),
        due_at=timezone.now() + timedelta(days=2),
    )  # fmt: skip
    assert run_of(nomination).status == "needs_changes"
    engine.submit(case=nomination.case, by=stage.focal_point("KE"))
    assert run_of(nomination).status == "in_progress"


def test_an_ineligible_nomination_ends_its_run():
    award = stage.edition()
    nomination = stage.handed_in(award)
    engine.screen(
        case=nomination.case,
        outcome=Outcome.INELIGIBLE,
        reason="Not a clearing-house.",
        by=people.secretariat(),
    )
    assert run_of(nomination).status == "cancelled"


def test_wagtails_own_mails_never_speak_of_a_nomination():
    award = stage.edition(quorum=1)
    stage.juror(award)
    stage.decided(award)
    stage.close(award)
    engine.release(call=award.call, by=people.secretariat())
    assert mail.outbox == []


@pytest.mark.parametrize("who", ["member", "juror", "nominator", "administrator", "editor"])
def test_on_action_refuses_whoever_the_engine_refuses(who):
    award = stage.edition()
    stage.juror(award)
    nomination = stage.handed_in(award)
    person = stage.focal_point("KE") if who == "nominator" else getattr(people, who)()
    state = step_of(nomination)
    for action in ("screen", "approve", "reject", "decide"):
        with pytest.raises(PermissionDenied):
            state.task.specific.on_action(state, person, action, outcome="eligible")
    assert Case.objects.get(pk=nomination.case_id).run.kind == StageKind.SCREEN


def test_on_action_cleans_what_it_is_given():
    award = stage.edition()
    nomination = stage.handed_in(award)
    state = step_of(nomination)
    with pytest.raises(ValidationError):
        state.task.specific.on_action(state, people.secretariat(), "screen", outcome="gold", update=False)
    with pytest.raises(ValidationError):
        state.task.specific.on_action(state, people.secretariat(), "screen", outcome="ineligible")
    state.task.specific.on_action(
        state, people.secretariat(), "screen", outcome="eligible", checked=stage.CHECKED
    )
    assert Case.objects.get(pk=nomination.case_id).run.kind == StageKind.REVIEW


def test_an_old_step_cannot_be_acted_on_again():
    award = stage.edition()
    nomination = stage.handed_in(award)
    old = step_of(nomination)
    engine.screen(case=nomination.case, outcome=Outcome.ELIGIBLE, by=people.secretariat())
    old.refresh_from_db()
    with pytest.raises(PermissionDenied):
        old.task.specific.on_action(
            old, people.secretariat(), "screen", outcome="eligible", checked=stage.CHECKED
        )


def test_the_dashboard_shows_what_waits_for_the_secretariat(client):
    award = stage.edition()
    nomination = stage.handed_in(award)
    people.sign_in(client, people.secretariat())
    page = client.get("/cms/")
    assert page.status_code == 200
    assert "Record a finding" in page.content.decode()
    state = step_of(nomination)
    answer = client.post(
        reverse(
            "wagtailsnippets_awards_nomination:workflow_action", args=[nomination.pk, "screen", state.pk]
        ),
        {"outcome": "eligible", "reason": "", "due_at": "", "checked": stage.CHECKED},
    )
    assert answer.status_code in (200, 302)
    assert Case.objects.get(pk=nomination.case_id).run.kind == StageKind.REVIEW


def test_the_reports_show_the_run_to_the_administrator(client):
    award = stage.edition()
    stage.handed_in(award)
    people.sign_in(client, people.administrator())
    for report in ("workflow", "workflow_tasks"):
        page = client.get(f"/cms/reports/{report}/")
        assert page.status_code == 200
        assert "Kenya" in page.content.decode()


def test_each_edition_has_a_workflow_of_its_own_made_of_the_same_tasks():
    first, second = stage.edition(), stage.edition("other")
    assert first.workflow != second.workflow
    assert list(first.workflow.tasks) == list(second.workflow.tasks)
    assert [type(task.specific) for task in first.workflow.tasks] == [
        EndorsementTask,
        EligibilityTask,
        JuryTask,
        DecisionTask,
    ]
