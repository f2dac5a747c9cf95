"""Each of the cast x each place of the network: the answer is the one in the declared matrix."""

from collections import Counter

import pytest

from tests.alarms.crawl import SIGN_IN, Answers
from tests.alarms.matrix import MATRIX, Row
from tests.alarms.places import addresses

pytestmark = pytest.mark.xdist_group("alarms")


def line(place: str, statuses: dict[str, str]) -> str:
    """A line of the matrix, as it would have to read."""
    told = {who: status for who, status in statuses.items() if who != "barred"}
    usual = Counter(told.values()).most_common(1)[0][0]
    others: dict[str, list[str]] = {}
    for who, status in told.items():
        if status != usual:
            others.setdefault(status, []).append(who)
    exceptions = "".join(f" {status}={','.join(who)}" for status, who in sorted(others.items()))
    return f"{place:39} {usual}{exceptions}"


@pytest.mark.parametrize("place", MATRIX)
def test_everybody_gets_the_declared_answer(answers: Answers, place: str):
    assert place in answers.statuses, "no such place any more: take its line out of the matrix"
    found = {who: status for who, status in answers.statuses[place].items() if who != "barred"}
    declared = {who: MATRIX[place].status_for(who) for who in found}
    assert found == declared, f"declared otherwise; as it is now the line reads\n{line(place, found)}"


def test_every_place_is_declared(answers: Answers):
    lines = [line(place, found) for place, found in answers.statuses.items() if place not in MATRIX]
    assert not lines, "judge these lines, then add them to the matrix:\n" + "\n".join(sorted(lines))


def test_every_address_of_ours_is_asked_for(answers: Answers):
    asked = {place.split()[0] for place in answers.statuses}
    ours = {address.name for address in addresses() if address.is_ours}
    assert ours <= asked, f"tests/alarms/places.py does not say with what to ask for {sorted(ours - asked)}"


def test_who_is_barred_is_a_stranger_everywhere(answers: Answers):
    told = {place: found for place, found in answers.statuses.items() if found["barred"] != found["stranger"]}
    assert told == {}


def test_junk_fails_nowhere(answers: Answers):
    failed = {
        place: told
        for place, told in answers.sent.items()
        if any(status.startswith("5") for status in told.values())
    }
    assert failed == {}


def test_forms_were_filled_with_junk(answers: Answers):
    assert len(answers.forms) > 25


@pytest.mark.parametrize("who", ["stranger", "member"])
def test_nobody_does_what_she_may_not_even_look_at(answers: Answers, who: str):
    """Where the page is refused, sending to it is refused as well."""
    refused = {SIGN_IN, "403", "404"}
    let_through = {
        place: status
        for place, told in answers.sent.items()
        for how, status in told.items()
        if how.startswith(f"{who} sends")
        and answers.statuses[place][who] in refused
        and status not in refused | {"405"}
    }
    assert let_through == {}


def test_a_row_is_read_as_it_is_written():
    row = Row.read("404 200=member,expert in=stranger")
    assert [row.status_for(who) for who in ("editor", "expert", "stranger")] == ["404", "200", "in"]
