"""Whoever watches a tag hears once of each post under it that she may read."""

import pytest
from django.urls import reverse

from communities.enums import Involvement
from communities.forums import actions
from communities.forums.enums import Audience
from communities.forums.levels import levels, with_level
from communities.forums.models import Forum, Tag, Thread, Watch
from network.notifications.models import Notification
from network.outbox import actions as outbox
from tests import people
from tests.communities.factories import belongs, community
from tests.forums.factories import forum, reply, thread

pytestmark = pytest.mark.django_db


def told(who) -> int:
    while outbox.work_off():
        pass
    return Notification.objects.filter(recipient=who, kind__startswith="forums.").count()


def tagged(started: Thread, *names: str) -> list[Tag]:
    actions.tag(viewer=people.viewer(people.moderator()), thread=started, names=names)
    return list(Tag.objects.order_by("pk"))


def set_level(who, of, level: str) -> None:
    actions.set_level(viewer=people.viewer(who), of=of, level=level)


@pytest.fixture
def anna(here):
    who = people.person("anna")
    belongs(who, here)
    return who


def test_a_watcher_hears_of_each_post_once(client, started, anna):
    tag, other = tagged(started, "crabs", "tides")
    assert told(anna) == 0
    people.sign_in(client, anna)
    for one in (tag, other):
        url = reverse("forums:watch_tag", args=[one.community.slug, one.slug])
        assert client.post(url, {"level": "everything"}).status_code == 302
    set_level(anna, started.forum, Involvement.EVERYTHING)
    reply(started, people.moderator())
    assert told(anna) == 1
    elsewhere = actions.start_thread(
        viewer=people.viewer(people.moderator()), forum=forum(started.forum.community, "Other"),
        title="More crabs", html="<p>x</p>", language="en", tags=["Crabs"],
    )  # fmt: skip
    assert told(anna) == 2
    thread(elsewhere.forum, people.moderator(), "No crabs")
    assert told(anna) == 2


def test_the_nearest_setting_holds_and_of_tags_the_loudest(started, anna):
    tag, other = tagged(started, "crabs", "tides")
    set_level(anna, started.forum, Involvement.EVERYTHING)
    set_level(anna, tag, Involvement.NOTHING)
    assert levels(Thread.objects.get())[anna.pk] == Involvement.NOTHING
    set_level(anna, other, Involvement.MENTIONS)
    assert levels(Thread.objects.get())[anna.pk] == Involvement.MENTIONS
    found = with_level(people.viewer(anna), Thread.objects.all()).get()
    assert (found.own_level, found.outer_level) == (None, Involvement.MENTIONS)
    set_level(anna, started, Involvement.EVERYTHING)
    assert levels(Thread.objects.get())[anna.pk] == Involvement.EVERYTHING
    set_level(anna, tag, "")
    assert not Watch.objects.filter(tag=tag).exists()


def test_who_may_not_read_a_thread_is_told_nothing_of_it(started):
    outsider = people.person("outsider")
    [tag] = tagged(started, "crabs")
    assert told(outsider) == 0
    set_level(outsider, tag, Involvement.EVERYTHING)
    reply(started, people.moderator())
    assert told(outsider) == 1
    Forum.objects.filter(pk=started.forum_id).update(audience=Audience.MEMBERS)
    reply(started, people.moderator(), "<p>For members.</p>")
    assert told(outsider) == 1


def test_a_tag_that_she_may_not_see_is_not_watched(client, started):
    hidden = community("Quiet", visibility="hidden")
    belongs(people.moderator(), hidden, "moderator")
    tagged(thread(forum(hidden), people.moderator()), "secret")
    people.sign_in(client, people.person("outsider"))
    url = reverse("forums:watch_tag", args=["quiet", "secret"])
    assert client.post(url, {"level": "everything"}).status_code == 404
    assert client.post(reverse("forums:watch_tag", args=["mangroves", "none"])).status_code == 404
    assert not Watch.objects.filter(tag__isnull=False).exists()


def test_it_stands_on_the_page_of_the_tag_and_where_settings_are_kept(client, started, anna):
    [tag] = tagged(started, "crabs")
    people.sign_in(client, anna)
    assert "As the forum of each thread" in client.get(tag.get_absolute_url()).content.decode()
    url = reverse("forums:watch_tag", args=[tag.community.slug, tag.slug])
    assert client.post(url, {"level": "loud"}).status_code == 400
    set_level(anna, tag, Involvement.EVERYTHING)
    page = client.get(reverse("reading:watching")).content.decode()
    assert f'action="{url}"' in page
