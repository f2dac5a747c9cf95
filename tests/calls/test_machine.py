"""The whole procedure under random people, random deeds and a random clock: what must always hold, holds."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from network.awards import actions as awards
from network.awards.enums import SCORED
from network.awards.models import Certificate, Laureate
from network.calls import actions as engine
from network.calls import chronicle, replay
from network.calls.enums import AssignmentState, StageKind
from network.calls.models import Amendment, Assignment, Call, Case, Review
from network.foundations.exceptions import Refused
from network.foundations.viewer import viewer_for
from tests import people
from tests.awards import stage

PARTIES = ["KE", "FR"]
ANYBODY = st.sampled_from(
    ["secretariat", "executive", "member", "juror", "second", "fp-KE", "fp-FR", "administrator"]
)


class Procedure(RuleBasedStateMachine):
    """Each deed is tried by anybody; it happens, or is refused and leaves no trace."""

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.real_now, self.skipped = timezone.now, timedelta()
        timezone.now = lambda: self.real_now() + self.skipped
        self.award = stage.edition("2026", quorum=2, discussion=True)
        stage.juror(self.award)
        stage.juror(self.award, "second")
        self.who = {
            "secretariat": people.secretariat(), "executive": stage.executive(), "member": people.member(),
            "juror": people.juror(), "second": people.person("second"),
            "administrator": people.administrator(),
            **{f"fp-{code}": stage.focal_point(code) for code in PARTIES},
        }  # fmt: skip
        self.before = replay.present(self.call())

    def teardown(self) -> None:
        timezone.now = self.real_now
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    def call(self) -> Call:
        return Call.objects.get(pk=self.award.call_id)

    def cases(self) -> list[Case]:
        return list(Case.objects.filter(call=self.award.call).order_by("pk"))

    def attempt(self, deed) -> None:
        before = replay.present(self.call())
        try:
            with transaction.atomic():
                deed()
        except (Refused, PermissionDenied):
            assert replay.present(self.call()) == before

    @rule(code=st.sampled_from(PARTIES), who=ANYBODY)
    def begin(self, code, who):
        party = stage.country(code)
        self.attempt(lambda: awards.start_nomination(edition=self.award, party=party, by=self.who[who]))

    @rule(code=st.sampled_from(PARTIES), who=ANYBODY)
    def type_a_letter(self, code, who):
        day = timezone.now().date()
        self.attempt(lambda: awards.enter_letter(
            edition=self.award, party=stage.country(code), letter_of=day, by=self.who[who]
        ))  # fmt: skip

    @precondition(lambda self: self.cases())
    @rule(data=st.data(), who=ANYBODY)
    def write_and_hand_in(self, data, who):
        case = data.draw(st.sampled_from(self.cases()))
        by = self.who[who]
        nomination = case.nomination
        self.attempt(lambda: awards.save_nomination(
            nomination=nomination, answers=stage.ANSWERS, version=nomination.version, by=by
        ))  # fmt: skip
        self.attempt(lambda: engine.submit(case=case, by=by))

    @precondition(lambda self: self.cases())
    @rule(data=st.data(), who=ANYBODY, step=st.sampled_from(
        ["endorse", "eligible", "returned", "ineligible", "score", "recuse", "remark", "rescore", "close",
         "decide", "facts"]), value=st.integers(0, 6))  # fmt: skip
    def go_on(self, data, who, step, value):
        case = data.draw(st.sampled_from(self.cases()))
        by = self.who[who]
        scores, reasons = dict.fromkeys(SCORED, value), dict.fromkeys(SCORED, "Because")
        due = timezone.now() + timedelta(days=1)
        deeds = {
            "endorse": lambda: engine.endorse(case=case, by=by),
            "eligible": lambda: engine.screen(case=case, outcome="eligible", by=by),
            "returned": lambda: engine.screen(case=case, outcome="returned", reason="Why", due_at=due, by=by),
            "ineligible": lambda: engine.screen(case=case, outcome="ineligible", reason="Why", by=by),
            "score": lambda: engine.submit_review(case=case, scores=scores, reasons=reasons, by=by),
            "recuse": lambda: engine.recuse(case=case, reason="I built it", by=by),
            "remark": lambda: engine.remark(case=case, text="Well", by=by),
            "rescore": lambda: engine.rescore(case=case, scores=scores, reasons=reasons, by=by),
            "close": lambda: engine.close_discussion(case=case, by=by),
            "decide": lambda: engine.decide(case=case, outcome="gold", by=by),
            "facts": lambda: awards.ask_facts(nomination=case.nomination, asked="Why?", by=by),
        }
        self.attempt(deeds[step])

    @precondition(lambda self: self.cases())
    @rule(data=st.data())
    def go_on_rightly(self, data):
        """What a random person seldom hits on: the next step of a case, by somebody who may."""
        case = data.draw(st.sampled_from(self.cases()))
        code = case.party.code
        step = {
            StageKind.SUBMIT: lambda: (
                awards.save_nomination(
                    nomination=case.nomination,
                    answers=stage.ANSWERS,
                    version=case.nomination.version,
                    by=self.who[f"fp-{code}"],
                ),
                engine.submit(case=case, by=self.who[f"fp-{code}"]),
            ),
            StageKind.ENDORSE: lambda: engine.endorse(case=case, by=self.who[f"fp-{code}"]),
            StageKind.SCREEN: lambda: engine.screen(
                case=case, outcome="eligible", by=self.who["secretariat"]
            ),
            StageKind.REVIEW: lambda: [
                stage.score(case.nomination, self.who[name], 3) for name in ("juror", "second")
            ],
            StageKind.DISCUSS: lambda: engine.close_discussion(case=case, by=self.who["secretariat"]),
            StageKind.DECIDE: lambda: engine.decide(case=case, outcome="gold", by=self.who["executive"]),
        }.get(case.run and case.run.kind)
        if step:
            self.attempt(step)

    @rule(who=ANYBODY, days=st.integers(-1, 3))
    def extend(self, who, days):
        later = self.call().closes_at + timedelta(days=days)
        self.attempt(lambda: engine.extend(
            call=self.call(), closes_at=later, reason="A flood", by=self.who[who]
        ))  # fmt: skip

    @rule(who=ANYBODY, code=st.sampled_from(PARTIES))
    def grant(self, who, code):
        until = max(self.call().closes_at, timezone.now()) + timedelta(hours=6)
        self.attempt(lambda: engine.grant_late_entry(
            call=self.call(), party=stage.country(code), until=until, reason="A strike", by=self.who[who]
        ))  # fmt: skip

    @rule(hours=st.integers(1, 30))
    def wait(self, hours):
        self.skipped += timedelta(hours=hours)

    @rule(who=ANYBODY)
    def release(self, who):
        self.attempt(lambda: engine.release(call=self.call(), by=self.who[who]))

    @invariant()
    def the_record_gives_what_stands(self):
        call = self.call()
        assert chronicle.first_break(call) is None
        assert replay.disagreements(call) == []

    @invariant()
    def nothing_is_out_before_the_release(self):
        if not self.call().released_at:
            assert not Laureate.objects.filter(edition=self.award).exists()
            assert not Certificate.objects.exists()

    @invariant()
    def a_score_is_sealed_while_its_panel_is_open(self):
        sealed = Review.objects.filter(assignment__run__closed_at=None)
        for name, who in self.who.items():
            seen = sealed.visible_to(viewer_for(who)).exclude(assignment__member__person=who)
            assert not seen.exists(), name

    @invariant()
    def who_has_stepped_back_has_no_file(self):
        for assignment in Assignment.objects.filter(state=AssignmentState.RECUSED).select_related(
            "member__person"
        ):
            viewer = viewer_for(assignment.member.person)
            assert not Case.objects.visible_to(viewer).filter(pk=assignment.case_id).exists()

    @invariant()
    def handed_in_in_time_or_by_a_grant(self):
        call = self.call()
        for case in self.cases():
            if case.submitted_at and case.submitted_at >= call.closes_at:
                granted = call.grants.filter(party=case.party, until__gt=case.submitted_at).exists()
                returned = case.runs.filter(kind=StageKind.SUBMIT, due_at__gt=case.submitted_at).exists()
                assert granted or returned

    @invariant()
    def amendments_never_shorten(self):
        for amendment in Amendment.objects.filter(call=self.award.call, change="closing"):
            assert amendment.after > amendment.before


@pytest.mark.django_db
def test_the_procedure_holds_whatever_anybody_tries():
    run_state_machine_as_test(
        Procedure,
        settings=settings(
            max_examples=6, stateful_step_count=30, deadline=None, derandomize=True, database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
