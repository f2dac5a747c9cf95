"""What an open page of a thread is told."""

import pytest

from communities.enums import MemberRole, Visibility
from communities.forums import actions
from network.live import streams
from network.outbox.models import Entry
from tests import people
from tests.communities.factories import belongs, community
from tests.forums.factories import forum, reply, thread

pytestmark = pytest.mark.django_db


@pytest.fixture
def started():
    here = community(visibility=Visibility.MEMBERS)
    belongs(people.community_member(), here)
    belongs(people.moderator(), here, MemberRole.MODERATOR)
    return thread(forum(here), people.community_member())


def last_message(of, who):
    entry = Entry.objects.filter(stream=f"thread:{of.pk}").latest("number")
    return streams.streams.get("thread").render(entry, people.viewer(who))


def test_only_readers_may_follow(started):
    name = f"thread:{started.pk}"
    assert streams.may_follow(name, people.viewer(people.community_member()))
    assert not streams.may_follow(name, people.viewer(people.outsider()))
    assert not streams.may_follow(name, people.viewer(people.stranger()))
    assert not streams.may_follow("thread:x", people.viewer(people.community_member()))


def test_a_reply_comes_as_the_same_article_that_the_page_shows(started, client):
    post = reply(started, people.moderator(), "<p>Live words</p>")
    message = last_message(started, people.community_member())
    assert 'id="post-2"' in message.html
    assert "Live words" in message.html
    assert message.data == {"post": 2, "author": post.author_id, "replies": 1}
    assert last_message(started, people.outsider()) is None


def test_a_hidden_post_loses_its_words_at_once(started):
    post = reply(started, people.community_member(), "<p>Rude words</p>")
    actions.hide(viewer=people.viewer(people.moderator()), post=post, reason="Rude")
    belongs(people.member(), started.forum.community)
    message = last_message(started, people.member())
    assert "Rude words" not in message.html
    assert "This post is hidden" in message.html
