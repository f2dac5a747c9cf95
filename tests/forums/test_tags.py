"""Tags: words by which threads are found together, for whoever may read them and nobody else."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from communities.forums import actions
from communities.forums.models import Tag, Thread
from communities.forums.tags import key_of, names_in
from tests import people
from tests.communities.factories import belongs
from tests.forums.factories import forum, reply, thread

pytestmark = pytest.mark.django_db


def tag(of: Thread, *names: str) -> Thread:
    return actions.tag(viewer=people.viewer(people.moderator()), thread=of, names=names)


def address(here, name: str, kind: str = "tag") -> str:
    return reverse(f"forums:{kind}", args=[here.slug, Tag.objects.get(community=here, key=key_of(name)).slug])


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Mangroves, tides", ["Mangroves", "tides"]),
        ("#Tides; tides ،  TIDES,", ["Tides"]),
        ("红树林、潮汐，螃蟹", ["红树林", "潮汐", "螃蟹"]),
        ("أشجار القرم، المد", ["أشجار القرم", "المد"]),
        ("ａｂｃ\u202e\u200b, ---, \u200d", ["abc"]),
        ("", []),
    ],
)
def test_a_line_of_tags_is_read_in_any_script(line, names):
    assert names_in(line) == names


def test_a_thread_starts_with_its_tags_and_is_found_by_them(client, here):
    people.sign_in(client, people.community_member())
    room = forum(here, "Lagoons")
    sent = {"title": "Crabs", "html": "<p>How?</p>", "language": "en", "tags": "Tides, 螃蟹"}
    page = client.post(f"{room.get_absolute_url()}start/", sent, follow=True).content.decode()
    assert 'class="tag"' in page
    stranger = Client()
    for name in ("Tides", "螃蟹"):
        assert "Crabs" in stranger.get(address(here, name)).content.decode()
    assert "螃蟹" in stranger.get(room.get_absolute_url()).content.decode()
    assert "Tides" in stranger.get(reverse("forums:tags", args=[here.slug])).content.decode()


def test_the_author_and_those_who_keep_the_forum_tag(client, here, started):
    other = people.person("other")
    belongs(other, here)
    url = f"{started.get_absolute_url()}tags/"
    for who, status in ((other, 403), (people.community_member(), 302), (people.moderator(), 302)):
        people.sign_in(client, who)
        version = client.get(url).context["form"]["version"].value() if status == 302 else "x"
        assert client.post(url, {"tags": who.name, "version": version}).status_code == status
    started.refresh_from_db()
    assert started.tag_line == [["mateus-ferreira", "Mateus Ferreira"]]


def test_two_who_tag_at_once_see_what_the_other_wrote(client, started):
    people.sign_in(client, people.community_member())
    url = f"{started.get_absolute_url()}tags/"
    version = client.get(url).context["form"]["version"].value()
    tag(started, "Theirs")
    answer = client.post(url, {"tags": "Mine", "version": version})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Theirs" in page
    assert "Mine" in page
    answer = client.post(url, {"tags": "Mine", "version": answer.context["form"]["version"].value()})
    assert answer.status_code == 302


@pytest.mark.parametrize("typed", ["a, b, c, d, e, f", "x" * 41])
def test_too_many_or_too_long_comes_back_with_what_was_typed(client, started, typed):
    people.sign_in(client, people.community_member())
    url = f"{started.get_absolute_url()}tags/"
    version = client.get(url).context["form"]["version"].value()
    answer = client.post(url, {"tags": typed, "version": version})
    assert answer.status_code == 422
    assert typed in answer.content.decode()


def test_a_tag_is_there_for_those_who_may_read_a_thread_that_carries_it(here, started):
    kept = thread(started.forum, people.community_member(), "Kept")
    tag(started, "Open", "Both")
    tag(kept, "Narrow", "Both")
    Thread.objects.filter(pk=kept.pk).update(for_members=True)
    stranger, member = Client(), Client()
    people.sign_in(member, people.community_member())
    assert stranger.get(address(here, "Narrow")).status_code == 404
    assert stranger.get(address(here, "Narrow", "tag_atom")).status_code == 404
    page = stranger.get(address(here, "Both")).content.decode()
    assert "Crabs" in page
    assert "Kept" not in page
    assert "Kept" in member.get(address(here, "Both")).content.decode()
    index = reverse("forums:tags", args=[here.slug])
    uses = [{tag.name: tag.uses for tag in who.get(index).context["tags"]} for who in (Client(), member)]
    assert uses == [{"Open": 1, "Both": 1}, {"Open": 1, "Both": 2, "Narrow": 1}]


def test_kept_pages_and_feeds_of_a_tag_tell_of_replies(client, here, started, settings):
    settings.PAGE_CACHE_SECONDS = 300
    tag(started, "Tides")
    page, feed = address(here, "Tides"), address(here, "Tides", "tag_json")
    assert "1 reply" not in client.get(page).content.decode()
    client.get(feed)
    reply(started, people.community_member(), "<p>By night.</p>")
    assert "1 reply" in client.get(page).content.decode()
    told = json.loads(client.get(feed).content)
    assert [item["summary"] for item in told["items"]] == ["By night.", "How?"]


def test_the_same_word_is_one_tag_of_its_community(here, started):
    other = thread(started.forum, people.community_member(), "Other")
    tag(started, "Tides")
    tag(other, "TIDES")
    assert Tag.objects.filter(community=here).count() == 1
    assert [row["thread"].title for row in Client().get(address(here, "tides")).context["rows"]] == [
        "Other",
        "Crabs",
    ]


@pytest.mark.parametrize("letter", ["ß", "ΐ", "İ"])
def test_a_tag_whose_letters_are_several_in_lower_case_has_room(here, started, letter):
    tag(started, letter * 40)
    field = Tag._meta.get_field("key")
    assert len(Tag.objects.get(community=here).key) <= field.max_length


def test_a_merged_thread_gives_its_tags(here, started):
    other = thread(started.forum, people.community_member(), "Other")
    tag(started, "a", "b", "c")
    tag(other, "c", "d", "e", "f")
    into = actions.merge(viewer=people.viewer(people.moderator()), thread=other, into=started, reason="r")
    assert [name for _slug, name in into.tag_line] == ["a", "b", "c", "d", "e"]


def test_a_page_of_a_tag_costs_the_same_at_one_row_and_at_many(
    client, here, started, django_assert_max_num_queries
):
    people.sign_in(client, people.moderator())
    tag(started, "Tides")
    url = address(here, "Tides")
    client.get(url)
    for number in range(15):
        tag(thread(started.forum, people.community_member(), f"Thread {number}"), "Tides", f"t{number}")
    with django_assert_max_num_queries(10):
        client.get(url)
