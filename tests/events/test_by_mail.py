"""Taking a place, or giving it back, by answering a mail."""

import pytest

from home.events import actions
from home.events.enums import PlaceState
from home.events.letterbox import _answering
from network.foundations.viewer import viewer_for
from network.notifications.enums import IncomingState
from tests import people
from tests.events.factories import ask, crowd, desk, event
from tests.notifications.inbound.letters import arrives, mail

pytestmark = pytest.mark.django_db


def answering(row):
    return _answering({"registration": row.pk}, viewer_for(row.person))


@pytest.fixture
def offered():
    """One place, given back, and offered to the second in line; a third waits."""
    page = event()
    here = desk(page, capacity=1)
    first, second, third = crowd(3)
    ask(page, here, first)
    rows = ask(page, here, second), ask(page, here, third)
    actions.give_back(viewer=viewer_for(first), desk=here)
    for row in rows:
        row.refresh_from_db()
    return rows


@pytest.mark.parametrize("words", ["1", "Yes, gladly!\n\n-- \nGuest", "Oui", "نعم", "是"])
def test_a_yes_takes_the_place(offered, words):
    row, _waits = offered
    kept = arrives(mail(row.person.email, answering(row).address, words), answering(row).address)
    row.refresh_from_db()
    assert kept.state == IncomingState.DONE
    assert row.state == PlaceState.CONFIRMED


@pytest.mark.parametrize("words", ["2", "No.", "Нет", "否"])
def test_a_no_gives_it_to_the_next(offered, words):
    row, waits = offered
    arrives(mail(row.person.email, answering(row).address, words), answering(row).address)
    row.refresh_from_db()
    waits.refresh_from_db()
    assert (row.state, waits.state) == (PlaceState.CANCELLED, PlaceState.OFFERED)


def test_nothing_is_guessed_and_nobody_else_answers(offered):
    row, waits = offered
    to = answering(row).address
    for sender, words in ((row.person, "Who else comes?"), (waits.person, "1"), (people.member(), "yes")):
        assert arrives(mail(sender.email, to, words), to).state == IncomingState.RETURNED
    machine = arrives(mail(row.person.email, to, "Yes", Auto_Submitted="auto-replied"), to)
    assert machine.state == IncomingState.IGNORED
    row.refresh_from_db()
    assert row.state == PlaceState.OFFERED


def test_who_waits_is_offered_only_to_leave_the_line(offered):
    _row, waits = offered
    assert [choice.number for choice in answering(waits).choices] == [2]
    kept = arrives(mail(waits.person.email, answering(waits).address, "1"), answering(waits).address)
    waits.refresh_from_db()
    assert (kept.state, waits.state) == (IncomingState.RETURNED, PlaceState.WAITING)


def test_an_old_mail_brings_nothing_back(offered):
    row, _waits = offered
    to = answering(row).address
    actions.give_back(viewer=viewer_for(row.person), desk=row.desk)
    assert arrives(mail(row.person.email, to, "yes"), to).state == IncomingState.RETURNED
    row.refresh_from_db()
    assert row.state == PlaceState.CANCELLED
    assert answering(row) is None
