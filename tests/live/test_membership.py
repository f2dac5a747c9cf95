"""A closed community's thread: who leaves or is put out hears nothing that is said afterwards."""

import pytest
from channels.db import database_sync_to_async

from communities import actions
from communities.enums import MemberRole, Visibility
from communities.models import Membership
from tests import people
from tests.communities.factories import belongs, community
from tests.forums.factories import forum, reply, thread
from tests.live.tabs import Tab, session_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def closed():
    """A thread that only members read."""
    of = community("Closed", visibility=Visibility.MEMBERS)
    belongs(people.moderator(), of, MemberRole.MODERATOR)
    belongs(people.community_member(), of)
    return thread(forum(of), people.moderator())


def membership(of):
    return Membership.objects.get(community=of.forum.community, user=people.community_member())


def speak(of, words):
    reply(of, people.moderator(), f"<p>{words}</p>")


def leave(of):
    actions.leave(viewer=people.viewer(people.community_member()), community=of.forum.community)


def remove(of):
    viewer = people.viewer(people.moderator())
    actions.remove_member(viewer=viewer, membership=membership(of), reason="A reason.")


def suspend(of):
    viewer = people.viewer(people.moderator())
    actions.suspend(viewer=viewer, membership=membership(of), reason="A reason.")


@pytest.mark.parametrize("ending", [leave, remove, suspend])
async def test_the_next_message_never_leaves(closed, ending):
    inside = await database_sync_to_async(lambda: session_of(people.community_member()))()
    stays = await database_sync_to_async(lambda: session_of(people.moderator()))()
    async with Tab(inside) as tab, Tab(stays) as other:
        stream = f"thread:{closed.pk}"
        assert "following" in await tab.follow(stream)
        assert "following" in await other.follow(stream)
        await database_sync_to_async(speak)(closed, "Before")
        assert "Before" in (await tab.hear())["html"]
        assert "Before" in (await other.hear())["html"]
        await database_sync_to_async(ending)(closed)
        await database_sync_to_async(speak)(closed, "Secret")
        assert "Secret" in (await other.hear())["html"]
        assert await tab.hear() == {"refused": stream}
        assert await tab.follow(stream) == {"refused": stream}


async def test_an_outsider_and_a_stranger_are_refused(closed):
    outsider = await database_sync_to_async(lambda: session_of(people.outsider()))()
    for client in (outsider, None):
        async with Tab(client) as tab:
            assert await tab.follow(f"thread:{closed.pk}") == {"refused": f"thread:{closed.pk}"}
