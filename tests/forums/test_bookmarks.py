"""Posts that somebody keeps, and being reminded of them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from communities.enums import MemberRole, Visibility
from communities.forums import actions
from communities.forums.models import Bookmark
from network.accounts import actions as accounts
from network.accounts.enums import Leaving
from network.notifications.models import Notification
from tests import people
from tests.communities.factories import belongs, community
from tests.consent import factories as knowledge
from tests.forums.factories import forum, reply, thread

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(client):
    here = community()
    belongs(people.community_member(), here)
    belongs(people.moderator(), here, MemberRole.MODERATOR)
    people.sign_in(client, people.member())
    return reply(thread(forum(here), people.moderator()), people.community_member(), "<p>Count by night.</p>")


def address(post) -> str:
    return f"{post.get_absolute_url()}bookmark/"


def tomorrow() -> str:
    return str(timezone.localdate() + timedelta(days=1))


def test_a_post_is_kept_with_a_note_found_again_and_dropped(client, post):
    assert "Keep it" in client.get(address(post)).content.decode()
    kept = client.post(address(post), {"note": "For the report", "remind_on": tomorrow()})
    assert kept.url.endswith(f"#post-{post.number}")
    assert "Bookmarked" in client.get(post.thread.get_absolute_url()).content.decode()
    page = client.get("/bookmarks/").content.decode()
    assert "For the report" in page
    assert "Count by night." in page
    client.post(address(post), {"note": "For us"})
    assert Bookmark.objects.get().remind_at is None
    client.post(address(post), {"remove": "yes"})
    assert "No bookmarks yet" in client.get("/bookmarks/").content.decode()


@pytest.mark.parametrize("day", ["yesterday", "2020-01-01", "9999-12-31", "0001-01-01"])
def test_a_day_that_cannot_be_is_told_beside_its_field(client, post, day):
    answer = client.post(address(post), {"note": "Kept words", "remind_on": day})
    assert answer.status_code == 422
    assert "Kept words" in answer.content.decode()
    assert not Bookmark.objects.exists()


def test_no_browser_keeps_what_is_for_her_alone(client, post):
    for url in ("/bookmarks/", "/drafts/", address(post)):
        assert "no-store" in client.get(url).headers["Cache-Control"]


def test_a_note_repeats_nothing_that_is_sealed(client, post):
    told = "The noddies come home before noon when the great wind is two days away, and fly low."
    knowledge.item(knowledge.holder(), title="On birds", text=told)
    answer = client.post(address(post), {"note": told})
    assert answer.status_code == 422
    assert "fly low" in answer.content.decode()
    assert not Bookmark.objects.exists()


def test_a_reminder_comes_once_in_the_morning_of_the_day(client, post):
    client.post(address(post), {"remind_on": tomorrow()})
    assert actions.remind() == 0
    Bookmark.objects.update(remind_at=timezone.now() - timedelta(minutes=1))
    assert [actions.remind(), actions.remind()] == [1, 0]
    assert Notification.objects.filter(recipient=people.member()).count() == 1
    inbox = client.get("/inbox/").content.decode()
    assert "You wanted to be reminded" in inbox
    assert "You were reminded on" in client.get("/bookmarks/").content.decode()
    client.post(address(post), {"note": "Again", "remind_on": tomorrow()})
    assert Bookmark.objects.get().reminded_at is None


def test_of_what_she_may_read_no_more_nothing_is_told(client, post):
    client.post(address(post), {"note": "Mine", "remind_on": tomorrow()})
    Bookmark.objects.update(remind_at=timezone.now())
    here = post.thread.forum.community
    here.visibility = Visibility.MEMBERS
    here.save()
    actions.remind()
    page = client.get("/bookmarks/").content.decode()
    assert "No longer open to you" in page
    assert "Mine" in page
    assert post.thread.title not in page
    assert "Count by night" not in page
    assert post.thread.title not in client.get("/inbox/").content.decode()
    assert client.get(address(post)).status_code == 404
    row = Bookmark.objects.get()
    people.sign_in(client, people.outsider())
    assert client.post(f"/bookmarks/{row.pk}/remove/").status_code == 404
    people.sign_in(client, people.member())
    assert client.post(f"/bookmarks/{row.pk}/remove/").status_code == 302
    assert not Bookmark.objects.exists()


def test_the_list_costs_the_same_at_one_row_and_at_many(client, post, django_assert_max_num_queries):
    viewer = people.viewer(people.member())
    actions.bookmark(viewer=viewer, post=post)
    client.get("/bookmarks/")
    for number in range(24):
        more = reply(post.thread, people.community_member(), f"<p>{number}</p>")
        actions.bookmark(viewer=viewer, post=more)
    with django_assert_max_num_queries(9):
        page = client.get("/bookmarks/")
    assert len(page.context["rows"]) == 20
    assert len(client.get(f"/bookmarks/?cursor={page.context['page'].next}").context["rows"]) == 5


def test_bookmarks_go_with_their_person(client, post):
    client.post(address(post), {"note": "Mine"})
    accounts.leave(person=people.member(), choice=Leaving.KEEP)
    assert not Bookmark.objects.exists()
