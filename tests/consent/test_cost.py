"""What the gate costs a page: three questions however many tokens, none without."""

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from network.consent import egress
from network.consent.models import Release
from network.foundations.viewer import EVERYONE, anonymous
from tests import people
from tests.communities.factories import belongs, community
from tests.consent.factories import CANARY, clause, consent, holder, item
from tests.forums.factories import forum, reply, thread

pytestmark = pytest.mark.django_db


@pytest.fixture
def started():
    here = community()
    belongs(people.community_member(), here)
    return thread(forum(here), people.community_member())


def asked(client, url: str) -> int:
    """Questions to both databases by one visit of a page that was seen before."""
    client.get(url)
    with (
        CaptureQueriesContext(connections["default"]) as main,
        CaptureQueriesContext(connections["keys"]) as keys,
    ):
        assert client.get(url).status_code == 200
    return len(main) + len(keys)


def test_a_page_with_twenty_tokens_asks_three_questions_more(client, started):
    of = holder()
    places = []
    for number in range(20):
        made = item(of, text=f"the reef {CANARY} sleeps, {number}")
        consent(made, of, clause(EVERYONE))
        places.append(f"<p>{made.token('body')}</p>")
    plain = reply(started, people.community_member(), "<p>Nothing to see.</p>")
    without = asked(client, started.get_absolute_url())
    type(plain).objects.filter(pk=plain.pk).update(html="".join(places))
    page = client.get(started.get_absolute_url()).content.decode()
    assert page.count(CANARY) == 20
    assert asked(client, started.get_absolute_url()) <= without + 3


@pytest.mark.django_db(transaction=True, databases=["default", "keys"])
@pytest.mark.parametrize(("tokens", "statements"), [(20, 3), (160, None)])
def test_as_it_is_served_nothing_is_begun_and_ended_around_them(tokens, statements):
    """Where no transaction is open, as in a request, the brackets of one would be two questions more."""
    of = holder()
    made = [item(of, text=f"the reef {CANARY} sleeps, {number}") for number in range(tokens)]
    for one in made:
        consent(one, of, clause(EVERYONE))
    text = " ".join(str(one.token("body")) for one in made)
    with (
        CaptureQueriesContext(connections["default"]) as main,
        CaptureQueriesContext(connections["keys"]) as keys,
    ):
        assert egress.bind(anonymous(), text, exit="page").text.count(CANARY) == tokens
    assert statements in (None, len(main) + len(keys))
    assert Release.objects.count() == tokens
