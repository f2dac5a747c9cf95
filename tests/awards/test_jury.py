"""The jury: invited, bound to no interest, scoring alone, talking afterwards, counted honestly."""

import pytest
from django.core.exceptions import PermissionDenied

from network.awards import actions
from network.awards.enums import SCORED, SupportKind
from network.awards.ranking import rankings
from network.calls import actions as engine
from network.calls import replay, scoring
from network.calls.enums import AssignmentState, Round, StageKind
from network.calls.models import Assignment, Case, Conflict, Review, ReviewDraft
from network.calls.seating import proposals
from network.foundations.exceptions import Refused
from network.foundations.viewer import viewer_for
from network.organizations.models import Affiliation, Organization
from tests import people
from tests.awards import stage

pytestmark = pytest.mark.django_db

RULES = {
    "scale": [0, 5], "quorum": 2, "ranking": ["total", "progress"], "discrepancy": 0.3,
    "criteria": [{"code": "content", "weight": 2}, {"code": "progress", "weight": 1, "apart": True}],
}  # fmt: skip


def give(content: int, progress: int = 3) -> dict[str, int]:
    return {"content": content, "progress": progress}


def affiliated(who, name: str = "Institute of Rivers") -> Organization:
    found = Organization.objects.filter(name=name).first() or Organization.objects.create(
        slug=name.lower().replace(" ", "-"), name=name
    )
    Affiliation.objects.create(person=who, organization=found)
    return found


def reread(nomination) -> Case:
    return Case.objects.get(pk=nomination.case_id)


def test_progress_stands_apart_and_breaks_ties():
    found = scoring.standings(RULES, 2, {
        "a": {1: give(3, 2), 2: give(3, 2)}, "b": {1: give(3, 4), 2: give(3, 4)},
        "c": {1: give(1), 2: give(1)},
    })  # fmt: skip
    assert [(one.key, one.rank, one.mean) for one in found] == [("b", 1, 6), ("a", 2, 6), ("c", 3, 2)]


def test_who_is_even_in_everything_shares_a_place():
    found = scoring.standings(RULES, 1, {"a": {1: give(3)}, "b": {1: give(3)}, "c": {1: give(2)}})
    assert [(one.rank, one.tied) for one in found] == [(1, True), (1, True), (3, False)]


def test_below_the_quorum_there_is_no_average_and_no_place():
    alone, enough = sorted(
        scoring.standings(RULES, 2, {"a": {1: give(5)}, "b": {1: give(1), 2: give(1)}}),
        key=lambda one: one.key,
    )
    assert (alone.mean, alone.rank, alone.without_one) == (None, None, None)
    assert enough.rank == 1


def test_one_jurors_weight_shows_and_so_does_a_discrepancy():
    found = scoring.standings(RULES, 2, {
        "a": {1: give(5), 2: give(2), 3: give(3)}, "b": {1: give(1), 2: give(4), 3: give(4)},
    })  # fmt: skip
    spans = {one.key: one.without_one for one in found}
    assert spans == {"a": (1, 2), "b": (1, 2)}
    assert all(one.discrepant and not one.is_firm for one in found)


def test_a_seat_is_accepted_before_anything_else():
    award = stage.edition()
    who = people.person("asked")
    seat = engine.seat_juror(call=award.call, person=who, by=people.secretariat())
    with pytest.raises(PermissionDenied):
        engine.disclose(member=seat, conflicted=[], by=who)
    with pytest.raises(Refused, match="languages"):
        engine.answer_seat(member=seat, accepts=True, languages=[], by=who)
    with pytest.raises(PermissionDenied):
        engine.answer_seat(member=seat, accepts=True, languages=["en"], by=people.member())
    engine.answer_seat(member=seat, accepts=False, reason="No time", by=who)
    nomination = stage.with_jury(award)
    assert not Assignment.objects.filter(case=nomination.case).exists()
    with pytest.raises(PermissionDenied):
        engine.disclose(member=seat, conflicted=[], by=who)


@pytest.mark.parametrize("kind", SupportKind.values)
@pytest.mark.parametrize("left", [False, True])
def test_who_works_for_those_behind_the_site_never_gets_the_file(kind, left):
    award = stage.edition()
    juror = stage.juror(award)
    body = affiliated(juror)
    if left:
        Affiliation.objects.filter(person=juror).update(until="2020-01-01T00:00Z")
    nomination = stage.draft(award)
    actions.name_supporter(nomination=nomination, organization=body, kind=kind, by=stage.focal_point("KE"))
    engine.submit(case=nomination.case, by=stage.focal_point("KE"))
    engine.screen(case=nomination.case, outcome="eligible", by=people.secretariat())
    assert not Assignment.objects.filter(case=nomination.case).exists()
    assert Conflict.objects.get(case=nomination.case, person=juror).reason == kind
    assert not Case.objects.visible_to(viewer_for(juror)).exists()


def test_a_tie_that_comes_out_later_takes_file_and_scores_away_also_when_the_panel_has_closed():
    award = stage.edition(quorum=2)
    first, second, third = stage.juror(award), stage.juror(award, "second"), stage.juror(award, "third")
    nomination = stage.with_jury(award)
    for who in (first, second, third):
        stage.score(nomination, who)
    assert reread(nomination).run.kind == StageKind.DECIDE
    actions.name_supporter(
        nomination=nomination, organization=affiliated(first), kind="built", by=people.secretariat()
    )
    assert not Case.objects.visible_to(viewer_for(first)).exists()
    counting = Review.objects.counting().filter(assignment__case=nomination.case)
    assert {review.assignment.member.person_id for review in counting} == {second.pk, third.pk}
    engine.raise_conflict(case=nomination.case, person=second, reason="Trained them", by=people.secretariat())
    with pytest.raises(Refused, match="Fewer scores"):
        engine.decide(case=nomination.case, outcome="gold", by=stage.executive())
    engine.decide(
        case=nomination.case, outcome="none", note="Decided on one score: no time left.", by=stage.executive()
    )
    assert replay.disagreements(award.call) == []


def test_screeners_and_deciders_pass_the_same_check():
    award = stage.edition(quorum=1)
    juror, clerk, executive = stage.juror(award), people.secretariat(), stage.executive()
    body = affiliated(clerk)
    Affiliation.objects.create(person=executive, organization=body)
    nomination = stage.draft(award)
    actions.name_supporter(
        nomination=nomination, organization=body, kind="hosted", by=stage.focal_point("KE")
    )
    engine.submit(case=nomination.case, by=stage.focal_point("KE"))
    with pytest.raises(PermissionDenied):
        engine.screen(case=nomination.case, outcome="eligible", by=clerk)
    third = people.person("third-officer", role=people.Role.SECRETARIAT)
    engine.screen(case=nomination.case, outcome="eligible", by=third)
    stage.score(nomination, juror)
    with pytest.raises(PermissionDenied):
        engine.decide(case=nomination.case, outcome="gold", by=executive)


def test_files_are_shared_out_by_language_then_evenly_and_a_substitute_is_proposed():
    award = stage.edition(quorum=1, jurors=1)
    reader = stage.juror(award, "reads-french", languages=("fr",))
    others = [stage.juror(award, f"reads-english-{place}") for place in range(2)]
    nominations = [stage.with_jury(award, code) for code in ("KE", "UG")]
    shared = {one.case_id: one.member.person for one in Assignment.objects.select_related("member__person")}
    assert set(shared.values()) == set(others)
    case = reread(nominations[0])
    holder = shared[case.pk]
    engine.recuse(case=case, reason="I built it", by=holder)
    proposed = proposals(reread(nominations[0]), reread(nominations[0]).run)
    other = next(who for who in others if who != holder)
    assert [seat.person for seat in proposed] == [other, reader]
    engine.substitute(case=case, member=proposed[0], by=people.secretariat())
    with pytest.raises(Refused):
        engine.substitute(case=case, member=proposed[0], by=people.secretariat())
    with pytest.raises(Refused):
        seat = award.call.panel.get(person=holder)
        engine.substitute(case=case, member=seat, by=people.secretariat())
    assert Assignment.objects.get(case=case, member__person=other).state == AssignmentState.ASSIGNED


def test_what_is_typed_is_kept_and_hands_in_nothing(client):
    award = stage.edition()
    juror = stage.juror(award)
    nomination = stage.with_jury(award)
    people.sign_in(client, juror)
    address = f"{nomination.get_absolute_url()}score/"
    answer = client.post(
        f"{address}keep/", {"score_content": "4", "reason_content": "Rich", "score_layout": "9"}
    )
    assert answer.json()["text"].endswith("Not handed in.")
    draft = ReviewDraft.objects.get()
    assert (draft.scores, draft.reasons["content"]) == ({"content": 4}, "Rich")
    assert not Review.objects.exists()
    assert "Rich" in client.get(address).content.decode()
    scores = {f"score_{code}": "3" for code in SCORED}
    assert client.post(address, scores).status_code == 302
    assert Review.objects.count() == 1
    assert not ReviewDraft.objects.exists()
    client.post(f"{address}keep/", {"score_content": "1"})
    assert Review.objects.get().scores["content"] == 3, "a draft never overwrites what was handed in"
    people.sign_in(client, people.member())
    assert client.post(f"{address}keep/", {"score_content": "1"}).status_code == 404


def test_the_talk_comes_after_and_the_second_score_stands_beside_the_first(client):
    award = stage.edition(quorum=2, discussion=True)
    jurors = [stage.juror(award), stage.juror(award, "second")]
    outsider = stage.juror(award, "third", represents="KE")
    nomination = stage.with_jury(award)
    with pytest.raises(PermissionDenied):
        engine.remark(case=nomination.case, text="Good", by=jurors[0])
    for who in jurors:
        stage.score(nomination, who)
    assert reread(nomination).run.kind == StageKind.DISCUSS
    with pytest.raises(PermissionDenied):
        stage.score(nomination, jurors[0], 4)
    engine.remark(case=nomination.case, text="The forum is alive.", by=jurors[0])
    engine.rescore(case=nomination.case, scores=dict.fromkeys(SCORED, 4), reasons={}, by=jurors[0])
    for who in (outsider, people.member(), people.secretariat()):
        with pytest.raises(PermissionDenied):
            engine.remark(case=nomination.case, text="Me too", by=who)
    address = f"{nomination.get_absolute_url()}discussion/"
    for who, status in (
        (jurors[1], 200),
        (people.secretariat(), 200),
        (outsider, 404),
        (people.member(), 404),
    ):
        people.sign_in(client, who)
        page = client.get(address)
        assert page.status_code == status
        assert ("The forum is alive." in page.content.decode()) is (status == 200)
    with pytest.raises(PermissionDenied):
        engine.close_discussion(case=nomination.case, by=jurors[0])
    engine.close_discussion(case=nomination.case, by=people.secretariat())
    first, second = (
        Review.objects.counting(round).get(assignment__member__person=jurors[0]) for round in Round.values
    )
    assert (first.scores["content"], second.scores["content"]) == (3, 4)
    ((_category, rows),) = rankings(award, viewer_for(stage.executive()))
    assert sorted(rows[0].standing.totals.values()) == [18, 24]
    assert replay.disagreements(award.call) == []


def test_far_apart_jurors_bring_in_one_more_before_the_panel_closes():
    award = stage.edition(quorum=2, jurors=2)
    rules = {**award.call.rules, "discrepancy": 0.3}
    engine.amend_rules(call=award.call, rules=rules, reason="As the grants do", by=people.secretariat())
    jurors = [stage.juror(award, f"juror-{place}") for place in range(3)]
    nomination = stage.with_jury(award)
    stage.score(nomination, jurors[0], 1)
    stage.score(nomination, jurors[1], 4)
    assert reread(nomination).run.kind == StageKind.REVIEW
    stage.score(nomination, jurors[2], 3)
    assert reread(nomination).run.kind == StageKind.DECIDE
