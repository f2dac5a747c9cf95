"""An author deletes a post, takes that back, or the words go for good."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from communities.enums import MemberRole
from communities.forums import actions, policies
from communities.forums.counters import differences
from communities.forums.models import Post
from network.outbox.actions import work_off
from network.search.models import SearchDocument
from tests import people
from tests.communities.factories import belongs, community
from tests.forums.factories import forum, reply, thread

pytestmark = pytest.mark.django_db


@pytest.fixture
def post() -> Post:
    here = community()
    belongs(people.community_member(), here)
    belongs(people.expert(), here)
    belongs(people.moderator(), here, MemberRole.MODERATOR)
    return reply(thread(forum(here), people.expert()), people.community_member(), "<p>Zanzibar rumours.</p>")


def at(name: str, post: Post) -> str:
    talk = post.thread
    here = [talk.forum.community.slug, talk.forum.slug, talk.pk, talk.slug, post.number]
    return reverse(f"forums:{name}", args=here)


def seen(client, who, post: Post) -> str:
    people.sign_in(client, who)
    return client.get(post.thread.get_absolute_url()).content.decode()


def test_a_deleted_post_keeps_its_place_and_nothing_else(client, post):
    reply(post.thread, people.expert())
    people.sign_in(client, people.community_member())
    assert "Delete this post" in client.get(at("delete", post)).content.decode()
    assert client.post(at("delete", post)).status_code == 302
    for who, reads in ((people.expert(), False), (people.stranger(), False), (people.moderator(), True)):
        body = seen(client, who, post)
        assert ("Zanzibar" in body, "Its author has deleted this post" in body) == (reads, True)
        assert at("delete", post) not in body
    assert "Bring it back" in seen(client, people.community_member(), post)
    work_off()
    assert not SearchDocument.objects.filter(kind="posts", object_id=post.pk).exists()
    assert Post.objects.get(number=3).number == 3
    assert list(differences()) == []


def test_it_is_brought_back_as_it_was(client, post):
    actions.delete(viewer=people.viewer(people.community_member()), post=post)
    people.sign_in(client, people.community_member())
    assert "Bring this post back" in client.get(at("delete", post)).content.decode()
    client.post(at("delete", post))
    assert "Zanzibar" in seen(client, people.expert(), post)
    assert list(differences()) == []


def test_nobody_else_deletes_it_or_brings_it_back(client, post):
    for who in (people.expert(), people.moderator()):
        people.sign_in(client, who)
        assert client.get(at("delete", post)).status_code == 403
        assert client.post(at("delete", post)).status_code == 403
    actions.delete(viewer=people.viewer(people.community_member()), post=post)
    for who, answer in ((people.expert(), 404), (people.moderator(), 403)):
        people.sign_in(client, who)
        assert client.post(at("delete", post)).status_code == answer
    # Nor does a moderator show it by the way in which she shows what was hidden.
    client.post(at("hide", post), {"reason": "x"})
    post.refresh_from_db()
    assert post.state == "deleted"


def test_where_nobody_edits_nobody_deletes(client, post):
    actions.lock(viewer=people.viewer(people.moderator()), thread=post.thread, reason="Enough")
    people.sign_in(client, people.community_member())
    assert client.post(at("delete", post)).status_code == 403


def test_after_a_month_the_words_are_gone(client, post):
    actions.edit(viewer=people.viewer(people.community_member()), post=post, html="<p>Second.</p>", version=1)
    actions.delete(viewer=people.viewer(people.community_member()), post=post)
    assert actions.sweep_deleted() == 0
    long_ago = timezone.now() - timedelta(days=policies.UNDELETE_DAYS, minutes=1)
    Post.objects.filter(pk=post.pk).update(deleted_at=long_ago)
    people.sign_in(client, people.community_member())
    assert client.post(at("delete", post)).status_code == 403
    assert actions.sweep_deleted() == 1
    post.refresh_from_db()
    assert (post.html, post.excerpt, post.edits.count(), post.number) == ("", "", 0, 2)
    assert actions.sweep_deleted() == 0
    assert list(differences()) == []
