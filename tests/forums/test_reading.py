"""How much somebody is told, and what she has not read."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from communities.actions import leave, set_involvement
from communities.enums import Involvement, MemberRole, Visibility
from communities.forums import actions
from communities.forums.models import Forum, ReadMark, Thread, Watch
from communities.models import Membership
from network.notifications.models import Notification
from network.outbox.actions import work_off
from tests import people
from tests.communities.factories import belongs, community, crowd
from tests.forums.factories import forum, reply, thread

pytestmark = pytest.mark.django_db
CATCH_UP, WATCHING = "/communities/catch-up/", "/communities/watching/"


@pytest.fixture
def room():
    here = community()
    belongs(people.community_member(), here)
    belongs(people.facilitator(), here)
    belongs(people.moderator(), here, MemberRole.MODERATOR)
    return forum(here)


def level_at(of) -> str:
    return f"{of.get_absolute_url()}watch/"


def involve(who, room, level) -> None:
    mine = Membership.objects.get(user=who, community=room.community)
    set_involvement(viewer=people.viewer(who), membership=mine, involvement=level)


def told(who) -> int:
    work_off()
    of_posts = ["forums.thread", "forums.reply", "forums.watched"]
    return Notification.objects.filter(recipient=who, kind__in=of_posts).count()


# --- levels ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("of_community", "of_forum", "of_thread", "hears"),
    [
        ("mentions", "", "", False),
        ("everything", "", "", True),
        ("everything", "nothing", "", False),
        ("nothing", "everything", "", True),
        ("nothing", "everything", "mentions", False),
        ("everything", "everything", "nothing", False),
        ("nothing", "nothing", "everything", True),
    ],
)
def test_the_nearest_setting_holds(client, room, of_community, of_forum, of_thread, hears):
    reader = people.facilitator()
    started = thread(room, people.moderator())
    work_off()
    Notification.objects.all().delete()
    people.sign_in(client, reader)
    community_url = f"{room.community.get_absolute_url()}forums/watch/"
    assert client.post(community_url, {"level": of_community}).status_code == 302
    assert client.post(level_at(room), {"level": of_forum}).status_code == 302
    assert client.post(level_at(started), {"level": of_thread}).status_code == 302
    reply(started, people.community_member())
    assert bool(told(reader)) is hears


def test_who_began_a_thread_hears_of_replies_unless_she_mutes_it(client, room):
    author = people.community_member()
    started = thread(room, author)
    people.sign_in(client, author)
    client.post(level_at(started), {"level": "mentions"})
    reply(started, people.moderator())
    assert told(author) == 1
    client.post(level_at(started), {"level": "nothing"})
    reply(started, people.moderator())
    assert told(author) == 1
    assert "Muted" in client.get(started.get_absolute_url()).content.decode()


def test_writing_in_a_muted_thread_does_not_unmute_it(client, room):
    started = thread(room, people.moderator())
    people.sign_in(client, people.community_member())
    client.post(level_at(started), {"level": "nothing"})
    reply(started, people.community_member())
    assert Watch.objects.get(user=people.community_member()).level == Involvement.NOTHING


def test_telling_many_costs_what_telling_one_does(room):
    def cost() -> int:
        reply(started, people.moderator())
        with CaptureQueriesContext(connection) as asked:
            work_off()
        return len(asked)

    started = thread(room, people.moderator())
    involve(people.facilitator(), room, Involvement.EVERYTHING)
    work_off()
    few = cost()
    for who in crowd(room.community, 25):
        involve(who, room, Involvement.EVERYTHING)
    assert cost() <= few + 1


def test_a_level_that_is_none_is_refused_and_strangers_sign_in(client, room):
    started = thread(room, people.moderator())
    assert client.post(level_at(started), {"level": "everything"}).url.startswith("/accounts/login/")
    people.sign_in(client, people.community_member())
    for url in (level_at(started), level_at(room), f"{room.community.get_absolute_url()}forums/watch/"):
        assert client.post(url, {"level": "loudly"}).status_code == 400
    outside = client.post(level_at(room), {"level": "everything", "next": "//evil.example/"})
    assert outside.url == room.get_absolute_url()


@pytest.mark.parametrize(
    "to", ["//evil.example/", "https://evil.example/", "index", "a:b", "-1", "javascript:x"]
)
def test_nobody_is_led_astray_by_what_comes_next(client, room, to):
    people.sign_in(client, people.community_member())
    answer = client.post(level_at(room), {"level": "everything", "next": to})
    assert answer.url == room.get_absolute_url()


def test_all_settings_stand_on_one_page_and_change_there(client, room):
    started = thread(room, people.community_member(), "Crabs at night")
    people.sign_in(client, people.community_member())
    client.post(level_at(room), {"level": "everything"})
    page = client.get(WATCHING).content.decode()
    assert "Crabs at night" in page
    assert room.community.name in page
    back = client.post(level_at(started), {"level": "nothing", "next": WATCHING})
    assert back.url == WATCHING
    assert Watch.objects.get(thread=started).level == Involvement.NOTHING
    assert client.get("/communities/watching/?cursor=x").status_code == 404


def test_leaving_a_closed_circle_forgets_what_was_set_there(room):
    member = people.viewer(people.community_member())
    thread(room, people.community_member())
    hidden = forum(community("Secret", visibility=Visibility.HIDDEN))
    belongs(people.community_member(), hidden.community)
    belongs(people.moderator(), hidden.community, MemberRole.MODERATOR)
    thread(hidden, people.community_member())
    actions.set_level(viewer=member, of=hidden, level=Involvement.EVERYTHING)
    leave(viewer=member, community=hidden.community)
    work_off()
    assert [watch.thread.forum for watch in Watch.objects.filter(user=member.user_id)] == [room]


# --- what changed since ---------------------------------------------------------------------------------


def test_who_comes_back_is_told_what_is_new_and_what_was_edited(client, room):
    started = thread(room, people.community_member(), html="<p>First words</p>")
    people.sign_in(client, people.facilitator())
    path = started.get_absolute_url()
    assert 'id="since"' not in client.get(path).content.decode()
    reply(started, people.moderator())
    reply(started, people.moderator())
    first = started.posts.get(number=1)
    author = people.viewer(people.community_member())
    actions.edit(viewer=author, post=first, html="<p>Better words</p>", version=1)
    page = client.get(path).content.decode()
    assert "New since your last visit: 2 posts" in page
    assert page.count("edited since your last visit") == 1
    assert 'id="since"' in page
    again = client.get(path).content.decode()
    assert 'id="since"' not in again
    assert "edited since your last visit" not in again


# --- catching up ----------------------------------------------------------------------------------------


def parts(client, query: str = "") -> list[tuple[str, list[str]]]:
    found = client.get(CATCH_UP + query).context["parts"]
    return [(str(part.label), [row.thread.title for row in part.rows]) for part in found]


def test_what_is_unread_stands_in_the_order_of_its_importance(client, room):
    reader, writer = people.community_member(), people.moderator()
    loud = forum(room.community, "Loud")
    quiet = forum(room.community, "Quiet")
    own = thread(room, reader, "Mine")
    watched = thread(room, writer, "Watched")
    thread(loud, writer, "In a watched forum")
    thread(room, writer, "Elsewhere")
    thread(quiet, writer, "Muted")
    old = thread(room, writer, "Long ago")
    me = people.viewer(reader)
    actions.set_level(viewer=me, of=loud, level=Involvement.EVERYTHING)
    actions.set_level(viewer=me, of=quiet, level=Involvement.NOTHING)
    actions.watch(viewer=me, thread=watched)
    Thread.objects.filter(pk=old.pk).update(last_posted_at=timezone.now() - timedelta(days=31))
    reply(own, writer)
    people.sign_in(client, reader)
    assert [titles for _label, titles in parts(client)] == [
        ["Mine"],
        ["Watched"],
        ["In a watched forum"],
        ["Elsewhere"],
    ]
    page = client.get(CATCH_UP).content.decode()
    assert f'href="{own.get_absolute_url()}?new"' in page


def test_nothing_of_what_she_may_not_read_and_nothing_of_her_own(client, room):
    reader = people.community_member()
    secret = forum(community("Secret", visibility=Visibility.HIDDEN))
    belongs(people.moderator(), secret.community)
    hidden = thread(secret, people.moderator(), "Behind a door")
    Watch.objects.create(user=reader, thread=hidden)
    thread(room, reader, "Mine alone")
    people.sign_in(client, reader)
    assert parts(client) == []
    assert "You have read everything" in client.get(CATCH_UP).content.decode()
    assert client.get(f"{CATCH_UP}?community=secret").status_code == 404


def test_marking_as_read_leaves_what_came_later_and_other_communities(client, room):
    reader, writer = people.community_member(), people.moderator()
    other = forum(community("Reefs"))
    belongs(reader, other.community)
    belongs(writer, other.community)
    first = thread(room, writer, "First")
    thread(other, writer, "Reef")
    people.sign_in(client, reader)
    until = client.get(CATCH_UP).context["until"]
    thread(room, writer, "Later")
    read = reverse("reading:mark_read")
    assert client.post(read, {"until": until, "community": "mangroves"}).url == CATCH_UP
    assert [titles for _label, titles in parts(client)] == [["Later", "Reef"]]
    assert ReadMark.objects.get(user=reader, thread=first).last_number == 1
    client.post(read, {"until": timezone.now().isoformat()})
    assert parts(client) == []
    for bad in (
        {},
        {"until": "soon"},
        {"until": "2026-13-45T99:99"},
        {"until": "2026-01-01T00:00:00"},
        {"until": "9999-12-31T23:59:59-23:59"},
        {"until": "0001-01-01T00:00:00+23:59"},
    ):
        assert client.post(read, bad).status_code == 400


def test_many_unread_threads_page_by_key_at_one_cost(client, room):
    reader = people.community_member()
    people.sign_in(client, reader)
    thread(room, people.moderator())

    def cost(query: str = "") -> int:
        client.get(CATCH_UP)
        with CaptureQueriesContext(connection) as asked:
            client.get(CATCH_UP + query)
        return len(asked)

    few = cost()
    for number in range(30):
        thread(room, people.moderator(), f"Thread {number}")
    assert cost() <= few
    cursor = client.get(CATCH_UP).context["page"].next
    assert sum(len(titles) for _label, titles in parts(client, f"?cursor={cursor}")) == 11
    assert cost(f"?cursor={cursor}") <= few
    assert few <= 12
    assert Forum.objects.count() == 1
