"""Many at once: what only row locks can keep right."""

import os
import signal
import threading

import pytest
from django.db import connection, connections

from home.pages.models import AwardResultsPage
from network.awards import actions
from network.awards.models import Certificate, Laureate, Nomination
from network.calls import actions as engine
from network.calls import chronicle
from network.calls.actions import calls
from network.calls.enums import StageKind
from network.calls.models import Call, Decision, Review, StageRun
from network.calls.signals import results_recorded
from network.foundations.exceptions import Refused
from tests import people
from tests.awards import stage


def at_once(deeds) -> list[BaseException | None]:
    """Run all deeds at the same moment, each in a thread with a connection of its own."""
    ready = threading.Barrier(len(deeds))
    outcomes: list[BaseException | None] = [None] * len(deeds)

    def run(place, deed):
        ready.wait()
        try:
            deed()
        except Exception as error:
            outcomes[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place, deed)) for place, deed in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_eight_final_scores_at_once_close_the_panel_exactly_once():
    award = stage.edition(quorum=8)
    jurors = [stage.juror(award, f"juror-{number}") for number in range(8)]
    nomination = stage.with_jury(award)
    outcomes = at_once([lambda who=who: stage.score(nomination, who) for who in jurors])
    assert outcomes == [None] * 8
    assert Review.objects.count() == 8
    assert StageRun.objects.filter(case=nomination.case, kind=StageKind.DECIDE).count() == 1
    assert chronicle.first_break(award.call) is None


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_party_nominated_twice_at_once_has_one_nomination():
    award = stage.edition()
    nominator = stage.focal_point("KE")

    def start():
        actions.start_nomination(edition=award, party=stage.country("KE"), by=nominator)

    outcomes = at_once([start] * 4)
    assert sum(outcome is None for outcome in outcomes) == 1
    assert all(isinstance(outcome, Refused) for outcome in outcomes if outcome)
    assert Nomination.objects.count() == 1


@pytest.mark.django_db(transaction=True, databases="__all__")
@pytest.mark.parametrize("dies_at", ["announce", "publish"])
def test_a_process_killed_in_the_release_leaves_all_or_nothing(dies_at):
    """It dies before the results are written, or after the last of them is: nothing is out either way."""
    award = stage.edition(quorum=1)
    stage.juror(award)
    stage.decided(award)
    stage.close(award)
    connections.close_all()
    child = os.fork()
    if child == 0:

        def die(*_args, **_more):
            os.kill(os.getpid(), signal.SIGKILL)

        try:
            if dies_at == "announce":
                calls.announce = die
            else:
                results_recorded.connect(die, weak=False)  # after those who write laureates and the page
            engine.release(call=award.call, by=people.secretariat())
        finally:
            os._exit(1)
    _pid, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    assert Call.objects.get(pk=award.call_id).released_at is None
    assert not Laureate.objects.filter(edition=award).exists()
    assert not Certificate.objects.exists()
    assert not AwardResultsPage.objects.exists()
    engine.release(call=award.call, by=people.secretariat())
    assert Laureate.objects.filter(edition=award).count() == 1
    assert AwardResultsPage.objects.count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_who_decide_at_once_leave_two_versions_in_order():
    award = stage.edition(quorum=1)
    stage.juror(award)
    nomination = stage.with_jury(award)
    stage.score(nomination, people.juror())
    third = people.person("third-officer", "Ana Lima", people.Role.SECRETARIAT)
    deciders = [(stage.executive(), "gold"), (third, "silver")]
    outcomes = at_once(
        [lambda who=who, what=what: engine.decide(case=nomination.case, outcome=what, by=who)
         for who, what in deciders]
    )  # fmt: skip
    assert outcomes == [None, None]
    assert list(Decision.objects.order_by("version").values_list("version", flat=True)) == [1, 2]
    assert chronicle.first_break(award.call) is None
