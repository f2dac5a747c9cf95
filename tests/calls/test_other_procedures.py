"""Two procedures that nobody had in mind when the engine was written: they are data alone."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from network.calls import actions as engine
from network.calls import chronicle, replay
from network.calls.enums import StageKind
from network.calls.models import Call, Case
from network.calls.procedures import Procedure, procedures
from network.foundations.exceptions import Refused
from tests import people

pytestmark = pytest.mark.django_db

PLAIN = Procedure(
    may_submit=lambda viewer, call, party: viewer.is_member,
    missing=lambda case: {},
    content=lambda case: {"id": case.public_id},
    outcomes={},
)


@pytest.fixture
def plain(monkeypatch):
    """A procedure about which nothing is known but its rules."""
    monkeypatch.setitem(procedures._entries, "plain", PLAIN)


def opened(rules: dict) -> Call:
    now = timezone.now()
    call = Call.objects.create(
        slug="plain", procedure="plain", opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=1),
        rules=rules,
    )  # fmt: skip
    return engine.open_call(call=call, by=people.secretariat())


def brought(call: Call, count: int) -> list[Case]:
    cases = []
    for number in range(count):
        who = people.person(f"applicant-{number}")
        case = engine.start_case(call=call, party=None, by=who)
        engine.submit(case=case, by=who)
        engine.screen(case=case, outcome="eligible", by=people.secretariat())
        cases.append(case)
    return cases


def close(call: Call) -> None:
    now = timezone.now()
    Call.objects.filter(pk=call.pk).update(
        opens_at=now - timedelta(days=9), closes_at=now - timedelta(seconds=1)
    )


def at(case: Case) -> str | None:
    run = Case.objects.get(pk=case.pk).run
    return run and run.kind


def test_expressions_of_interest_in_two_stages_with_hosts_chosen_by_another_body(plain):
    scored_on = {"scale": [1, 5], "criteria": [{"code": "capacity"}, {"code": "reach", "weight": 2}]}
    call = opened({
        **scored_on, "quorum": 1,
        "stages": [
            {"kind": "submit"}, {"kind": "screen"}, {"kind": "review"},
            {"kind": "decide", "outcomes": ["on", "off"], "on": ["on"]},
            {"kind": "review", "quorum": 2},
            {"kind": "decide", "by": "role:steward", "outcomes": ["host", "reserve", "no"]},
        ],
    })  # fmt: skip
    jurors = [people.person("assessor"), people.person("assessor-two")]
    for who in jurors:
        seat = engine.seat_juror(call=call, person=who, by=people.secretariat())
        engine.answer_seat(member=seat, accepts=True, languages=["en"], by=who)
        engine.disclose(member=seat, conflicted=[], by=who)
    cases = brought(call, 6)
    executive = people.person("executive", "Olga Ivanova", people.Role.SECRETARIAT)
    for place, case in enumerate(cases):
        for who in jurors:
            engine.submit_review(case=case, scores={"capacity": 3, "reach": 4}, reasons={}, by=who)
        engine.decide(case=case, outcome="on" if place < 4 else "off", by=executive)
    assert [at(case) for case in cases] == [StageKind.REVIEW] * 4 + [None] * 2
    close(call)
    for case in cases[:4]:
        engine.submit_review(case=case, scores={"capacity": 4, "reach": 4}, reasons={}, by=jurors[0])
        assert at(case) == StageKind.REVIEW, "the second panel has a quorum of its own"
        engine.submit_review(case=case, scores={"capacity": 2, "reach": 4}, reasons={}, by=jurors[1])
    with pytest.raises(Refused, match="4 nominations"):
        engine.release(call=call, by=people.secretariat())
    with pytest.raises(PermissionDenied):
        engine.decide(case=cases[0], outcome="host", by=executive)
    for place, case in enumerate(cases[:4]):
        with pytest.raises(Refused):
            engine.decide(case=case, outcome="on", by=people.steward())
        engine.decide(case=case, outcome="host" if place < 2 else "reserve", by=people.steward())
    engine.release(call=call, by=people.secretariat())
    assert chronicle.first_break(call) is None
    assert replay.disagreements(call) == ["closes_at"], "its clock was set by hand"


def test_a_call_for_views_is_submitted_screened_and_published(plain):
    call = opened({"stages": [{"kind": "submit"}, {"kind": "screen"}]})
    cases = brought(call, 3)
    assert [at(case) for case in cases] == [None] * 3
    with pytest.raises(PermissionDenied):
        engine.decide(case=cases[0], outcome="gold", by=people.steward())
    close(call)
    engine.release(call=call, by=people.secretariat())
    assert Call.objects.get(pk=call.pk).released_at is not None
    assert replay.disagreements(call) == ["closes_at"]
