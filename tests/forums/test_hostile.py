"""What somebody might send to break a page, or to make it lie."""

import pytest
from django.urls import reverse

from communities.forums.models import Post, Thread
from tests import people
from tests.communities.factories import belongs, community
from tests.forums.factories import forum, thread

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(client) -> str:
    here = community()
    belongs(people.community_member(), here)
    started = thread(forum(here), people.community_member())
    people.sign_in(client, people.community_member())
    return f"{started.get_absolute_url()}reply/"


def test_a_script_never_arrives(client, url):
    html = (
        '<p onclick="x()">Hi<script>alert(1)</script><img src=x onerror=y><a href="javascript:z()">l</a></p>'
    )
    client.post(url, {"html": html})
    post = Post.objects.get(number=2)
    for forbidden in ("script", "onclick", "onerror", "javascript", "<img"):
        assert forbidden not in post.html


def test_deeply_nested_lists_are_refused_with_a_sentence(client, url):
    answer = client.post(url, {"html": "<ul><li>" * 12_000 + "deep"})
    assert answer.status_code == 422
    assert Post.objects.count() == 1


def test_a_text_that_is_far_too_long_is_refused_and_kept(client, url):
    answer = client.post(url, {"html": "word " * 5000})
    assert answer.status_code == 422
    assert b"word word word" in answer.content


@pytest.mark.parametrize(
    "html", ["\u202e\u200b\u2066", "\x00\x00", "<p>&nbsp;</p>", "   ", "<script>x</script>"]
)
def test_what_cannot_be_read_is_no_reply(client, url, html):
    assert client.post(url, {"html": html}).status_code == 422
    assert Post.objects.count() == 1


def test_a_title_that_cannot_be_seen_is_none(client, url):
    here = Thread.objects.get().forum
    form = {"title": "\u202e\u200b\u200d", "html": "Kept words", "language": "en"}
    answer = client.post(reverse("forums:start", args=[here.community.slug, here.slug]), form)
    assert answer.status_code == 422
    assert "title" in answer.context["form"].errors
    assert b"Kept words" in answer.content


def test_a_title_is_text_and_nothing_else(client, url):
    here = Thread.objects.get().forum
    form = {"title": "<b>&\u202e" + "x" * 100, "html": "x", "language": "en"}
    client.post(reverse("forums:start", args=[here.community.slug, here.slug]), form)
    started = Thread.objects.latest("pk")
    page = client.get(started.get_absolute_url()).content.decode()
    assert "&lt;b&gt;&amp;" in page
    assert "<b>&" not in page


@pytest.mark.parametrize(
    "path",
    [
        "/communities/%00/",
        "/communities/mangroves/forums/%00/",
        "/communities/mangroves/forums/general/99999999999999999999-x/",
        "/communities/mangroves/forums/general/0-x/",
        "/communities/mangroves/members/99999999999999999999/",
        "/communities/mangroves/forums/general/?cursor=x",
        "/communities/mangroves/forums/general/?cursor=WyJhZnRlciIsWyJ4IiwieCJdXQ",
        "/communities/?cursor=AAAA",
    ],
)
def test_addresses_that_are_not_ours_are_not_found(client, url, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("query", ["theme=%00", "theme=x:y:z", "language=z", "theme=subject:0", "mine=1"])
def test_filters_take_nonsense_calmly(client, url, query):
    assert client.get(f"/communities/?{query}").status_code == 200


def test_an_edit_with_a_forged_version_is_no_crash(client, url):
    at = url.replace("reply/", "posts/1/edit/")
    for version in ("", "x", "-1", "99999999999999999999"):
        assert client.post(at, {"html": "new", "version": version}).status_code == 422
    assert client.post(at, {"html": "new", "version": "7"}).status_code == 422


def test_a_consent_token_stays_inert(client, url):
    token = "[[tk:0b7e2c1a-1111-4222-8333-944444444444:text]]"
    client.post(url, {"html": f"<p>Before {token} after</p>"})
    post = Post.objects.get(number=2)
    assert token in post.html
    assert "tk:" not in post.excerpt
