"""Many at once: what only row locks can keep right."""

import threading

import pytest
from django.db import connection

from network.awards import actions
from network.awards.models import Nomination
from network.calls import chronicle
from network.calls.enums import StageKind
from network.calls.models import Review, StageRun
from network.foundations.exceptions import Refused
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
