"""What members of a community open to one another: from joining until leaving."""

import pytest
from django.test import Client

from communities import actions
from network.experts.enums import Visibility
from tests import people
from tests.communities.factories import belongs, community
from tests.experts.factories import full_values, published

pytestmark = pytest.mark.django_db


def finds(who, **asked: str) -> int:
    return people.sign_in(Client(), who).get("/api/v1/experts/", asked).json()["count"]


def test_joining_opens_and_leaving_closes(client: Client) -> None:
    mangroves = community()
    belongs(people.community_member(), mangroves)
    published(people.expert(), seen_by=int(Visibility.CIRCLES), **full_values())
    assert finds(people.community_member(), tag="papyrus") == 0
    actions.join(viewer=people.viewer(people.expert()), community=mangroves)
    assert finds(people.community_member(), tag="papyrus") == 1
    assert finds(people.community_member(), q="fisherfolk") == 1
    assert finds(people.member(), tag="papyrus") == 0
    actions.leave(viewer=people.viewer(people.expert()), community=mangroves)
    assert finds(people.community_member(), tag="papyrus") == 0
    assert finds(people.community_member(), q="fisherfolk") == 0


def test_the_reader_who_leaves_sees_no_more(client: Client) -> None:
    mangroves = community()
    for who in (people.expert(), people.community_member()):
        actions.join(viewer=people.viewer(who), community=mangroves)
    published(people.expert(), seen_by=int(Visibility.CIRCLES), **full_values())
    assert finds(people.community_member(), tag="papyrus") == 1
    actions.leave(viewer=people.viewer(people.community_member()), community=mangroves)
    assert finds(people.community_member(), tag="papyrus") == 0
