"""The contents of a long thread, and other threads that are about the same."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from communities.forums import actions
from communities.forums.contents import words_of
from communities.forums.enums import ForumKind
from communities.forums.models import Forum, Post, Thread
from tests import people
from tests.forums.factories import reply, thread

pytestmark = pytest.mark.django_db


def address(of: Thread) -> str:
    forum = of.forum
    return reverse("forums:contents", args=[forum.community.slug, forum.slug, of.pk, of.slug])


@pytest.mark.parametrize(
    ("beginning", "words"),
    [
        ("<p>How?</p>", "How it begins"),
        ("<h2>Tides &amp; crabs</h2><p>x</p>", "Tides & crabs"),
        ("<p>x</p><h3><em>Second</em></h3>", "Second"),
        ("<h2> </h2><p>x</p>", "How it begins"),
        ("<h2>Cut o", "How it begins"),
        ("<p>[[tk:6f1c7d5e-0000-4000-8000-000000000000:body]]</p>", "Traditional knowledge"),
    ],
)
def test_a_line_is_the_first_heading_or_how_a_post_begins(beginning, words):
    assert words_of(beginning, "How it begins") == words


def test_every_post_has_its_line(client, started):
    Forum.objects.filter(pk=started.forum_id).update(kind=ForumKind.QUESTIONS)
    answer = reply(started, people.moderator(), "<h2>By night</h2><p>With a lamp.</p>")
    hidden = reply(started, people.community_member(), "<p>Never mind.</p>")
    actions.hide(viewer=people.viewer(people.moderator()), post=hidden, reason="r")
    actions.accept_answer(viewer=people.viewer(people.community_member()), post=answer)
    page = client.get(address(started))
    assert [line.words for line in page.context["contents"].lines] == ["How?", "By night", ""]
    assert [line.is_answer for line in page.context["contents"].lines] == [False, True, False]
    assert "Never mind." not in page.content.decode()


def test_a_long_thread_shows_how_its_parts_begin_and_costs_no_more(client, started):
    with CaptureQueriesContext(connection) as one:
        client.get(address(started))
    for number in range(2, 46):
        reply(started, people.community_member(), f"<p>Crab {number}.</p>")
    page = client.get(started.get_absolute_url())
    assert [stop.words for stop in page.context["page"].rail] == ["How?", "Crab 21.", "Crab 41."]
    assert address(started) in page.content.decode()
    with CaptureQueriesContext(connection) as many:
        assert client.get(address(started)).status_code == 200
    assert len(many) <= len(one)
    assert client.get(f"{address(started)}?from=301").status_code == 404
    assert Post.objects.filter(thread=started).count() == 45


def test_who_may_not_read_it_finds_no_contents(client, started):
    Forum.objects.filter(pk=started.forum_id).update(audience="members")
    assert client.get(address(started)).status_code == 404
    assert thread(started.forum, people.community_member()).pk
