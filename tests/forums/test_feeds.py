"""Feeds of a community, a forum and a thread: what anybody may read, for programs."""

import json
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from communities.enums import MemberRole, Visibility
from communities.forums import actions
from communities.forums.models import Post
from tests import people
from tests.communities.factories import belongs, community
from tests.consent import factories as knowledge
from tests.forums.factories import forum, reply, thread

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def talk():
    here = community()
    belongs(people.community_member(), here)
    belongs(people.moderator(), here, MemberRole.MODERATOR)
    started = thread(forum(here), people.community_member(), "Crabs & tides <b>", "<p>How?</p>")
    reply(started, people.community_member(), '<p>See <a href="/experts/">them</a>.</p>')
    return started


def addresses(talk, kind: str) -> list[str]:
    here = talk.forum.community.get_absolute_url()
    return [
        f"{here}forums/feed.{kind}",
        f"{talk.forum.get_absolute_url()}feed.{kind}",
        f"{talk.get_absolute_url()}feed.{kind}",
    ]


def test_atom_is_whole_and_absolute(client, talk):
    for address in addresses(talk, "atom"):
        answer = client.get(address)
        assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
        feed = ElementTree.fromstring(answer.content)  # noqa: S314 - our own
        assert feed.tag == f"{ATOM}feed"
        links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
        assert links["self"] == f"http://testserver{address}"
        entries = feed.findall(f"{ATOM}entry")
        assert [entry.findtext(f"{ATOM}title") for entry in entries] == [
            "Crabs & tides <b> #2", "Crabs & tides <b>",
        ]  # fmt: skip
        for entry in entries:
            assert entry.find(f"{ATOM}link").get("href").startswith("http://testserver/communities/")
            assert entry.findtext(f"{ATOM}author/{ATOM}name") == people.community_member().name
        content = entries[0].find(f"{ATOM}content")
        assert content.text == '<p>See <a href="http://testserver/experts/">them</a>.</p>'


def test_json_feed_is_whole_and_absolute(client, talk):
    for address in addresses(talk, "json"):
        answer = client.get(address)
        assert answer["Content-Type"] == "application/feed+json; charset=utf-8"
        feed = json.loads(answer.content)
        assert feed["version"] == "https://jsonfeed.org/version/1.1"
        assert feed["feed_url"] == f"http://testserver{address}"
        first, second = feed["items"]
        assert 'href="http://testserver/experts/"' in first["content_html"]
        assert (second["title"], second["language"]) == ("Crabs & tides <b>", "en")
        assert second["authors"] == [{"name": people.community_member().name}]


def test_ids_stay_whatever_is_edited(client, talk):
    address = addresses(talk, "json")[2]
    before = [item["id"] for item in client.get(address).json()["items"]]
    post = talk.posts.get(number=2)
    viewer = people.viewer(people.community_member())
    actions.edit(viewer=viewer, post=post, html="<p>Anew.</p>", version=1)
    after = client.get(address).json()["items"]
    assert [item["id"] for item in after] == before
    assert after[0]["content_html"] == "<p>Anew.</p>"
    assert after[0]["date_modified"]
    assert all(one.startswith("tag:testserver,2026-01-01:post/") for one in before)


def test_pages_name_their_feeds(client, talk):
    pages = [talk.forum.community, talk.forum, talk]
    for page, atom, other in zip(pages, addresses(talk, "atom"), addresses(talk, "json"), strict=True):
        html = client.get(page.get_absolute_url()).content.decode()
        assert 'rel="alternate" type="application/atom+xml"' in html
        assert f'href="{atom}"' in html
        assert f'href="{other}"' in html


@pytest.mark.parametrize("visibility", [Visibility.MEMBERS, Visibility.HIDDEN])
def test_what_strangers_may_not_read_has_no_feed_for_anybody(client, talk, visibility):
    here = talk.forum.community
    here.visibility = visibility
    here.save()
    people.sign_in(client, people.moderator())
    for address in addresses(talk, "atom") + addresses(talk, "json"):
        assert client.get(address).status_code == 404
    assert "feed.atom" not in client.get(talk.get_absolute_url()).content.decode()
    assert "feed.atom" not in client.get(here.get_absolute_url()).content.decode()


def test_hidden_and_waiting_posts_are_not_in_it_even_for_their_moderator(client, talk):
    actions.hide(viewer=people.viewer(people.moderator()), post=talk.posts.get(number=2), reason="r")
    belongs(people.member(), talk.forum.community)
    reply(talk, people.member(), '<p><a href="https://x.example/">Held</a></p>')
    people.sign_in(client, people.moderator())
    for address in addresses(talk, "json"):
        assert [item["content_html"] for item in client.get(address).json()["items"]] == ["<p>How?</p>"]


def test_thirty_entries_at_most_and_few_questions(client, talk):
    few = []
    for address in addresses(talk, "json"):
        with CaptureQueriesContext(connection) as questions:
            client.get(address)
        few.append(len(questions))
    for _number in range(35):
        reply(talk, people.community_member())
        thread(talk.forum, people.community_member())
    for address, before in zip(addresses(talk, "json"), few, strict=True):
        with CaptureQueriesContext(connection) as questions:
            items = client.get(address).json()["items"]
        assert len(items) == 30
        assert len(questions) == before <= 5


def test_nothing_is_sent_again_while_nothing_was_said(client, talk, settings):
    settings.PAGE_CACHE_SECONDS = 300
    for address in addresses(talk, "atom"):
        mark = client.get(address)["ETag"]
        assert client.get(address, headers={"If-None-Match": mark}).status_code == 304
        reply(talk, people.community_member(), "<p>New.</p>")
        assert b"New." in client.get(address, headers={"If-None-Match": mark}).content


@pytest.mark.parametrize("kind", ["atom", "json"])
@pytest.mark.parametrize("kept", [0, 300])
def test_knowledge_leaves_only_where_feeds_are_granted(client, talk, settings, kind, kept):
    settings.PAGE_CACHE_SECONDS = kept
    of = knowledge.holder()
    item = knowledge.item(of, text="Where the crabs moult")
    Post.objects.filter(thread=talk, number=2).update(html=f"<p>[[tk:{item.pk}:body]]</p>")
    address = addresses(talk, kind)[2]
    for _visit in range(2):
        answer = client.get(address).content.decode()
        assert "Where the crabs moult" not in answer
        assert f"[[tk:{item.pk}" not in answer
