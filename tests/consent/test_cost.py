"""What the gate costs a page: three questions however many tokens, none without."""

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from network.foundations.viewer import EVERYONE
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
