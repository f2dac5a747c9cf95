"""The award from nomination to results, and each way in which it must refuse."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from wagtail.models import WorkflowState

from network.awards import actions
from network.awards.models import Laureate, Nomination
from network.calls import actions as engine
from network.calls import chronicle
from network.calls.actions import Incomplete
from network.calls.enums import AssignmentState, Outcome, StageKind
from network.calls.models import Assignment, Call, Case, Event, Review
from network.foundations.exceptions import Refused, StaleEdit
from network.foundations.viewer import viewer_for
from tests import people
from tests.awards import stage

pytestmark = pytest.mark.django_db


def reread(nomination: Nomination) -> Case:
    return Case.objects.get(pk=nomination.case_id)


def test_a_nomination_goes_from_draft_to_a_public_result():
    award = stage.edition()
    jurors = [stage.juror(award), stage.juror(award, "second-juror")]
    nomination = stage.with_jury(award)
    for juror in jurors:
        stage.score(nomination, juror)
    assert reread(nomination).run.kind == StageKind.DECIDE
    engine.decide(case=nomination.case, outcome="gold", by=stage.executive())
    assert not Laureate.objects.filter(edition=award).exists()
    stage.close(award)
    engine.release(call=award.call, by=people.secretariat())
    laureate = Laureate.objects.get(edition=award)
    assert (laureate.medal, laureate.party.code, laureate.site_name) == ("gold", "KE", "Biodiversity network")
    assert reread(nomination).run is None
    assert chronicle.first_break(award.call) is None


def test_only_the_focal_point_of_the_party_starts_its_nomination():
    award = stage.edition()
    for who in (people.member(), people.secretariat(), people.administrator(), stage.focal_point("FR")):
        with pytest.raises(PermissionDenied):
            actions.start_nomination(edition=award, party=stage.country("KE"), by=who)
    assert actions.start_nomination(
        edition=award, party=stage.country("KE"), by=stage.focal_point("KE")
    ).case.party.code == "KE"  # fmt: skip


def test_a_party_has_one_nomination_an_edition():
    award = stage.edition()
    stage.draft(award)
    with pytest.raises(Refused, match="already"):
        actions.start_nomination(edition=award, party=stage.country("KE"), by=stage.focal_point("KE"))


def test_nothing_can_be_handed_in_with_answers_missing():
    award = stage.edition()
    nominator = stage.focal_point("KE")
    nomination = actions.start_nomination(edition=award, party=stage.country("KE"), by=nominator)
    with pytest.raises(Incomplete) as refused:
        engine.submit(case=nomination.case, by=nominator)
    assert set(refused.value.fields) >= {"site_name", "governance", "progress"}
    assert reread(nomination).run.kind == StageKind.SUBMIT


@pytest.mark.parametrize(("before", "accepted"), [(timedelta(microseconds=1), True), (timedelta(0), False)])
def test_the_instant_of_closing_is_exact(before, accepted, monkeypatch):
    award = stage.edition(zone="America/Toronto")
    nomination = stage.draft(award)
    closes_at = Call.objects.get(pk=award.call_id).closes_at
    monkeypatch.setattr(timezone, "now", lambda: closes_at - before)
    if accepted:
        engine.submit(case=nomination.case, by=stage.focal_point("KE"))
    else:
        with pytest.raises(Refused, match="over"):
            engine.submit(case=nomination.case, by=stage.focal_point("KE"))
    assert bool(reread(nomination).submitted_at) is accepted


def test_a_returned_nomination_may_come_back_until_the_instant_granted_and_not_after(monkeypatch):
    award = stage.edition()
    nomination = stage.handed_in(award)
    stage.close(award)
    due_at = timezone.now() + timedelta(days=3)
    engine.screen(
        case=nomination.case, outcome=Outcome.RETURNED, reason="The web address does not open.",
        due_at=due_at, by=people.secretariat(),
    )  # fmt: skip
    real_now = timezone.now
    monkeypatch.setattr(timezone, "now", lambda: due_at)
    with pytest.raises(Refused, match="over"):
        engine.submit(case=nomination.case, by=stage.focal_point("KE"))
    monkeypatch.setattr(timezone, "now", real_now)
    engine.submit(case=nomination.case, by=stage.focal_point("KE"))
    assert reread(nomination).run.kind == StageKind.SCREEN


def test_what_was_handed_in_cannot_be_changed():
    award = stage.edition()
    nomination = stage.handed_in(award)
    nomination.refresh_from_db()
    with pytest.raises(PermissionDenied):
        actions.save_nomination(
            nomination=nomination,
            answers=stage.ANSWERS,
            version=nomination.version,
            by=stage.focal_point("KE"),
        )


def test_a_stale_save_is_refused_and_shows_what_stands():
    award = stage.edition()
    nomination = stage.draft(award)
    with pytest.raises(StaleEdit) as refused:
        actions.save_nomination(
            nomination=nomination, answers={**stage.ANSWERS, "content": "Mine"},
            version=nomination.version - 1, by=stage.focal_point("KE"),
        )  # fmt: skip
    assert refused.value.current.content == stage.ANSWERS["content"]


def test_the_panel_closes_with_the_last_score_and_not_before():
    award = stage.edition()
    first, second = stage.juror(award), stage.juror(award, "second-juror")
    nomination = stage.with_jury(award)
    stage.score(nomination, first)
    assert reread(nomination).run.kind == StageKind.REVIEW
    stage.score(nomination, second)
    assert reread(nomination).run.kind == StageKind.DECIDE
    with pytest.raises(PermissionDenied):
        stage.score(nomination, first, 4)


def test_the_panel_stays_open_below_the_quorum():
    award = stage.edition(quorum=2)
    nomination = stage.with_jury(award)
    stage.score(nomination, stage.juror(award))
    assert reread(nomination).run.kind == StageKind.REVIEW
    stage.score(nomination, stage.juror(award, "late-juror"))
    assert reread(nomination).run.kind == StageKind.DECIDE


def test_nobody_sees_a_colleagues_score_before_all_are_in():
    award = stage.edition()
    first, second = stage.juror(award), stage.juror(award, "second-juror")
    nomination = stage.with_jury(award)
    stage.score(nomination, first)
    curious = [first, second, people.secretariat(), people.administrator(), stage.focal_point("KE")]
    seen = {who.pk: Review.objects.visible_to(viewer_for(who)).count() for who in curious}
    assert seen.pop(first.pk) == 1
    assert not any(seen.values())
    stage.score(nomination, second)
    assert Review.objects.visible_to(viewer_for(second)).count() == 2
    assert Review.objects.visible_to(viewer_for(people.secretariat())).count() == 2
    assert Review.objects.visible_to(viewer_for(stage.focal_point("KE"))).count() == 0


def test_a_juror_who_represents_the_party_cannot_open_its_file():
    award = stage.edition()
    kenyan = stage.juror(award, represents="KE")
    other = stage.juror(award, "second-juror", represents="FR")
    nomination = stage.with_jury(award)
    assert not Case.objects.visible_to(viewer_for(kenyan)).exists()
    assert Case.objects.visible_to(viewer_for(other)).exists()
    with pytest.raises(PermissionDenied):
        stage.score(nomination, kenyan)


def test_a_juror_who_is_the_partys_focal_point_is_found_out():
    award = stage.edition()
    nomination = stage.with_jury(award)
    second_post = people.person("focal-and-juror")
    stage.focal_point("KE", second_post)
    stage.juror(award, "focal-and-juror")
    assert not Assignment.objects.filter(case=nomination.case, member__person=second_post).exists()


def test_no_file_opens_before_interests_are_disclosed():
    award = stage.edition()
    juror = stage.juror(award, disclosed=False)
    nomination = stage.with_jury(award)
    assert not Case.objects.visible_to(viewer_for(juror)).exists()
    member = award.call.panel.get(person=juror)
    engine.disclose(member=member, conflicted=[], by=juror)
    assert Case.objects.visible_to(viewer_for(juror)).get() == nomination.case


def test_a_declared_conflict_withdraws_the_scores_and_recounts():
    award = stage.edition(quorum=1)
    first, second = stage.juror(award), stage.juror(award, "second-juror")
    nomination = stage.with_jury(award)
    stage.score(nomination, first, 5, dict.fromkeys(stage.ANSWERS, "Outstanding"))
    engine.recuse(case=nomination.case, reason="I trained their editors.", by=first)
    assert not Case.objects.visible_to(viewer_for(first)).exists()
    assert reread(nomination).run.kind == StageKind.REVIEW
    stage.score(nomination, second)
    assert reread(nomination).run.kind == StageKind.DECIDE
    counting = Review.objects.counting().filter(assignment__case=nomination.case)
    assert [review.assignment.member.person for review in counting] == [second]


def test_a_juror_who_cannot_score_is_excused_and_the_panel_closes_without_her():
    award = stage.edition(quorum=1)
    first, second = stage.juror(award), stage.juror(award, "second-juror")
    nomination = stage.with_jury(award)
    stage.score(nomination, first)
    assignment = Assignment.objects.get(case=nomination.case, member__person=second)
    engine.excuse(assignment=assignment, by=people.secretariat())
    assert reread(nomination).run.kind == StageKind.DECIDE


@pytest.mark.parametrize(
    ("value", "reasons", "sentence"),
    [(6, {}, "whole number"), (-1, {}, "whole number"), (5, {}, "reason"), (True, {}, "whole number")],
)
def test_scores_out_of_bounds_or_extreme_without_a_reason_are_refused(value, reasons, sentence):
    award = stage.edition()
    juror = stage.juror(award)
    nomination = stage.with_jury(award)
    with pytest.raises(Refused, match=sentence):
        stage.score(nomination, juror, value, reasons)
    assert not Review.objects.exists()


def test_who_screened_does_not_decide_and_decisions_can_be_revised_until_the_release():
    award = stage.edition(quorum=1)
    juror = stage.juror(award)
    nomination = stage.with_jury(award)
    stage.score(nomination, juror)
    with pytest.raises(PermissionDenied):
        engine.decide(case=nomination.case, outcome="gold", by=people.secretariat())
    with pytest.raises(PermissionDenied):
        engine.decide(case=nomination.case, outcome="gold", by=people.administrator())
    with pytest.raises(Refused):
        engine.decide(case=nomination.case, outcome="platinum", by=stage.executive())
    engine.decide(case=nomination.case, outcome="gold", by=stage.executive())
    engine.decide(case=nomination.case, outcome="silver", by=stage.executive())
    stage.close(award)
    engine.release(call=award.call, by=people.secretariat())
    assert Laureate.objects.get(edition=award).medal == "silver"


def test_results_wait_for_the_close_and_for_every_decision():
    award = stage.edition(quorum=1)
    stage.juror(award)
    stage.decided(award, "KE")
    pending = stage.with_jury(award, "FR")
    with pytest.raises(Refused, match="still open"):
        engine.release(call=award.call, by=people.secretariat())
    stage.close(award)
    with pytest.raises(Refused, match="1 nominations"):
        engine.release(call=award.call, by=people.secretariat())
    assert not Laureate.objects.filter(edition=award).exists()
    stage.score(pending, people.juror())
    engine.decide(case=pending.case, outcome="none", by=stage.executive())
    engine.release(call=award.call, by=people.secretariat())
    assert [laureate.party.code for laureate in Laureate.objects.filter(edition=award)] == ["KE"]
    with pytest.raises(Refused, match="already"):
        engine.release(call=award.call, by=people.secretariat())


def test_a_release_that_fails_half_way_leaves_nothing(monkeypatch):
    award = stage.edition(quorum=1)
    stage.juror(award)
    nomination = stage.decided(award)
    stage.close(award)

    def fail(**kwargs):
        raise RuntimeError("the page could not be written")

    monkeypatch.setattr("network.awards.receivers.proclaim", fail)
    with pytest.raises(RuntimeError):
        engine.release(call=award.call, by=people.secretariat())
    assert Call.objects.get(pk=award.call_id).released_at is None
    assert reread(nomination).run.kind == StageKind.DECIDE
    assert WorkflowState.objects.for_instance(nomination).get().status == "in_progress"


def test_every_deed_stands_in_the_record_without_the_outcome():
    award = stage.edition(quorum=1)
    stage.juror(award)
    stage.decided(award)
    kinds = list(Event.objects.filter(call=award.call_id).order_by("number").values_list("kind", flat=True))
    assert kinds == [
        "opened", "seated", "answered", "disclosed", "started", "submitted",
        "eligible", "entrusted", "reviewed", "panel-closed", "decided",
    ]  # fmt: skip
    assert "gold" not in str(list(Event.objects.values_list("ids", flat=True)))


def test_the_record_shows_when_it_was_altered():
    award = stage.edition()
    stage.handed_in(award)
    events = list(Event.objects.filter(call=award.call_id).order_by("number"))
    assert chronicle.first_break(award.call) is None
    forged = events[1]
    forged.kind = "returned"
    payloads = [(chronicle.payload(event), event.digest) for event in events]
    assert chronicle.chain.first_break(payloads) == 1


WRONG = [
    "member",
    "secretariat",
    "executive",
    "administrator",
    "nominator",
    "other-juror",
    "conflicted",
    "editor",
]


@pytest.mark.parametrize("who", WRONG)
def test_nobody_but_an_entrusted_juror_scores(who):
    award = stage.edition()
    stage.juror(award)
    stage.juror(award, "conflicted", represents="KE")
    other = stage.edition("other")
    stage.juror(other, "other-juror")
    nomination = stage.with_jury(award)
    person = {
        "member": people.member, "secretariat": people.secretariat, "executive": stage.executive,
        "administrator": people.administrator, "nominator": lambda: stage.focal_point("KE"),
        "other-juror": lambda: people.person("other-juror"),
        "conflicted": lambda: people.person("conflicted"),
        "editor": people.editor,
    }[who]()  # fmt: skip
    with pytest.raises(PermissionDenied):
        stage.score(nomination, person)
    assert Assignment.objects.filter(state=AssignmentState.DONE).count() == 0
