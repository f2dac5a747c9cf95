"""Traditional knowledge in live pages: one message, each reader her own text, and none after a withdrawal."""

import pytest
from channels.db import database_sync_to_async
from django.test import Client

from network.consent import actions
from network.foundations.viewer import MEMBER, viewer_for
from network.live.streams import LiveMessage, LiveStream, streams
from tests import people
from tests.consent.factories import CANARY, clause, consent, holder, item, with_standing
from tests.live.tabs import Tab, say, session_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sealed(rooms):
    """A stream for everyone whose messages hold knowledge that members may read."""
    of = holder()
    made = item(of)
    consent(made, of, clause(MEMBER))
    html = f"<p>Before</p><p>{made.token('body')}</p>"
    rules = LiveStream(may_follow=lambda viewer, key: True, render=lambda e, v: LiveMessage(html=html))
    streams.register("reef", rules)
    return made


async def test_each_reader_of_one_message_gets_her_own_text(sealed):
    member = await database_sync_to_async(lambda: session_of(people.member()))()
    async with Tab(member) as inside, Tab() as outside:
        await inside.follow("reef:1")
        await outside.follow("reef:1")
        await database_sync_to_async(say)("reef:1", "hi")
        read, withheld = (await inside.hear())["html"], (await outside.hear())["html"]
    assert CANARY in read
    assert CANARY not in withheld
    assert "[[tk:" not in read + withheld


def withdraw(sealed):
    of = sealed.holdings.get().holder
    actions.withdraw(item=sealed, holder=of, by=viewer_for(with_standing(of)))


async def test_after_a_withdrawal_no_text_leaves_neither_live_nor_on_return(sealed):
    member = await database_sync_to_async(lambda: session_of(people.member()))()
    async with Tab(member) as tab:
        await tab.follow("reef:1")
        await database_sync_to_async(withdraw)(sealed)
        await database_sync_to_async(say)("reef:1", "hi")
        assert CANARY not in (await tab.hear())["html"]
    async with Tab(member) as tab:
        await tab.follow("reef:1", after=0)
        assert CANARY not in (await tab.hear())["html"]


def test_without_a_socket_it_is_the_same(sealed):
    say("reef:1", "hi")
    member = session_of(people.member())
    query = "/live/?follow=reef:1&after=0"
    assert CANARY in member.get(query).content.decode()
    stranger = Client().get(query).content.decode()
    assert CANARY not in stranger
    assert "[[tk:" not in stranger
    withdraw(sealed)
    assert CANARY not in member.get(query).content.decode()
