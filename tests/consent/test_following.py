"""Open pages hear that sharing ended; they hear ids only."""

import pytest

from network.consent import actions, audiences
from network.foundations.viewer import EVERYONE
from network.live.streams import find, may_follow
from network.outbox.models import Entry
from tests import people
from tests.consent.factories import clause, consent, holder, item, with_standing

pytestmark = pytest.mark.django_db


def test_an_open_page_hears_of_a_withdrawal():
    of = holder()
    made = item(of)
    consent(made, of, clause(EVERYONE))
    stream = f"knowledge:{made.pk}"
    for who in (people.stranger(), people.member()):
        assert may_follow(stream, people.viewer(who))
    actions.withdraw(item=made, holder=of, by=people.viewer(with_standing(of)))
    rules, _key = find(stream)
    message = rules.render(Entry.objects.get(stream=stream), people.viewer(people.stranger()))
    assert (message.html, dict(message.data)) == ("", {"item": str(made.pk)})


def test_an_open_page_hears_that_it_has_to_ask_again():
    """Given to everybody, then to members: whoever has it open asks whether she still may."""
    of = holder()
    made = item(of)
    consent(made, of, clause(EVERYONE))
    derived = item(of, derived_from=[made])
    told = [(each, Entry.objects.filter(stream=f"knowledge:{each.pk}")) for each in (made, derived)]
    before = [entries.count() for _each, entries in told]
    consent(made, of, clause("member"))
    for (each, entries), number in zip(told, before, strict=True):
        assert entries.count() == number + 1
        newest = entries.order_by("number").last()
        assert (newest.kind, newest.ids) == ("changed", {"item": str(each.pk)})


def test_a_page_with_very_much_on_it_lets_go_of_what_cannot_be_asked(client):
    of = holder()
    made = item(of)
    consent(made, of, clause(EVERYONE))
    key = f"{made.pk}:body"
    assert client.get("/knowledge/lease/", {"t": [key]}).json()["withheld"] == []
    many = [f"{made.pk}:note{n}" for n in range(1, 101)]
    assert key in client.get("/knowledge/lease/", {"t": [*many, key]}).json()["withheld"]


@pytest.mark.parametrize("key", ["0b7c8b50-9d4d-4f0e-8a53-6d0c4f6f1f11", "17", "nonsense"])
def test_nothing_else_can_be_followed(key):
    assert not may_follow(f"knowledge:{key}", people.viewer(people.member()))


def test_communities_offer_themselves_as_audiences():
    from communities.models import Community

    viewer = people.viewer(people.steward())
    offered = dict(audiences.choices(viewer))
    assert set(offered) == {
        f"community:{pk}" for pk in Community.objects.visible_to(viewer).values_list("pk", flat=True)
    }
