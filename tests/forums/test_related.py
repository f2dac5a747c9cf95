"""Below a thread: others about the same, as far as the reader may read them."""

import pytest

from communities.enums import MemberRole
from communities.forums import actions
from communities.forums.enums import Audience
from communities.forums.models import Forum
from communities.forums.reading import related
from network.foundations.viewer import anonymous
from network.outbox import actions as outbox
from tests import people
from tests.communities.factories import belongs, community
from tests.forums.factories import forum, thread

pytestmark = pytest.mark.django_db


@pytest.fixture
def others(here, started):
    """Threads in other forums and communities, indexed."""
    writer = people.community_member()
    thread(started.forum, writer, "Planting seagrass")
    near = thread(started.forum, writer, "Crabs and their burrows")
    members = forum(here, "Members")
    Forum.objects.filter(pk=members.pk).update(audience=Audience.MEMBERS)
    thread(members, writer, "Crabs that we do not talk about")
    hidden = community("Quiet", visibility="hidden")
    belongs(people.moderator(), hidden, MemberRole.MODERATOR)
    thread(forum(hidden), people.moderator(), "Crabs in secret")
    tagged = thread(started.forum, writer, "What we saw at low tide")
    actions.tag(viewer=people.viewer(writer), thread=tagged, names=["Crabs"])
    actions.tag(viewer=people.viewer(writer), thread=started, names=["Low tide"])
    while outbox.work_off():
        pass
    started.refresh_from_db()
    return near


def titles(viewer, of) -> list[str]:
    return [one.title for one in related(viewer, of)]


def test_those_who_share_most_come_first_and_nobody_sees_what_she_may_not(started, others):
    assert titles(anonymous(), started) == ["What we saw at low tide", "Crabs and their burrows"]
    member = titles(people.viewer(people.community_member()), started)
    assert "Crabs that we do not talk about" in member
    assert "Crabs in secret" not in member
    assert "Crabs in secret" in titles(people.viewer(people.moderator()), started)


def test_they_stand_below_the_thread(client, started, others):
    page = client.get(started.get_absolute_url()).content.decode()
    assert "Threads about the same" in page
    assert others.get_absolute_url() in page
    alone = thread(started.forum, people.community_member(), "Ox")
    assert "Threads about the same" not in client.get(alone.get_absolute_url()).content.decode()
