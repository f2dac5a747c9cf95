"""Many who ask at the same moment, on PostgreSQL: nobody lost, nobody double, the order kept."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from home.events import actions
from home.events.enums import PlaceState
from network.foundations.viewer import viewer_for
from tests.events.factories import ask, crowd, desk, event

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def _and_close(run, *args):
    try:
        return run(*args)
    finally:
        connections.close_all()


def test_two_hundred_clicks_for_forty_places():
    page = event()
    here = desk(page, capacity=40)
    guests = crowd(100)
    with ThreadPoolExecutor(12) as pool:  # each of them clicks twice
        list(pool.map(lambda who: _and_close(ask, page, here, who), guests + guests))
    rows = list(here.registrations.order_by("number"))
    assert [row.number for row in rows] == list(range(1, 101))
    assert len({row.person_id for row in rows}) == 100
    assert [row.state for row in rows] == [PlaceState.CONFIRMED] * 40 + [PlaceState.WAITING] * 60


def test_places_given_back_while_others_ask_go_to_the_first_who_wait():
    page = event()
    here = desk(page, capacity=10)
    guests = crowd(40)
    for who in guests[:20]:
        ask(page, here, who, takes_at_once=True)

    def leave(who):
        return actions.give_back(viewer=viewer_for(who), desk=here)

    with ThreadPoolExecutor(8) as pool:
        leaving = [pool.submit(_and_close, leave, who) for who in guests[:5]]
        coming = [pool.submit(_and_close, ask, page, here, who) for who in guests[20:]]
        for done in leaving + coming:
            done.result()
    confirmed = list(here.registrations.confirmed().order_by("number").values_list("number", flat=True))
    assert confirmed == list(range(6, 16))
