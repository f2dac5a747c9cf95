"""Preview: what is being written as it will stand, nothing sent and nothing lost, without scripts."""

import pytest
from django.urls import reverse

from communities.forums.models import Draft, Post, Thread
from tests import people
from tests.experts import factories as experts
from tests.forums.factories import thread

pytestmark = pytest.mark.django_db


@pytest.fixture
def writes(client, started):
    people.sign_in(client, people.community_member())
    return client


def place(started: Thread) -> list:
    forum = started.forum
    return [forum.community.slug, forum.slug, started.pk, started.slug]


def test_a_reply_is_shown_before_it_is_sent_and_nothing_is_lost(writes, started):
    experts.published(people.person("anna"), slug="anna")
    url = reverse("forums:reply", args=place(started))
    sent = {
        "html": "<p>Ask @anna<script>x</script> of <b>crabs</b></p>",
        "submission_key": "one",
        "preview": "yes",
    }
    answer = writes.post(url, sent)
    assert answer.status_code == 200
    preview = answer.context["preview"]
    assert '<a href="/experts/anna/"' in preview.html
    assert "<script" not in preview.html
    assert "crabs" in answer.context["form"]["html"].value()
    assert answer.context["form"]["submission_key"].value() == "one"
    assert Post.objects.filter(thread=started).count() == 1
    del sent["preview"]
    assert writes.post(url, sent).status_code == 302
    assert Post.objects.get(thread=started, number=2).html == preview.html


def test_a_thread_is_shown_with_its_title_whatever_is_missing(writes, started):
    url = reverse("forums:start", args=place(started)[:2])
    answer = writes.post(url, {"title": "Oysters", "html": "How many?", "language": "xx", "preview": "yes"})
    assert answer.status_code == 422
    assert answer.context["preview"].title == "Oysters"
    assert answer.context["preview"].html == "<p>How many?</p>"
    assert answer.context["form"]["title"].value() == "Oysters"
    assert Thread.objects.count() == 1
    assert not Draft.objects.exists()


def test_what_is_said_to_be_knowledge_is_shown_without_formatting(writes, started):
    url = reverse("forums:reply", args=place(started))
    answer = writes.post(
        url, {"html": "<p>The <b>moon</b></p>", "knowledge": "others", "whose": "Elders", "preview": "yes"}
    )
    assert answer.context["preview"].is_sealed
    assert answer.context["preview"].html == "<p>The moon</p>"


def test_an_empty_text_is_refused_and_an_edit_changes_nothing(writes, started):
    assert writes.post(reverse("forums:reply", args=place(started)), {"preview": "yes"}).status_code == 422
    first = started.posts.get()
    url = reverse("forums:edit", args=[*place(started), 1])
    answer = writes.post(url, {"html": "<p>Other</p>", "version": first.version, "preview": "yes"})
    assert answer.context["preview"].html == "<p>Other</p>"
    first.refresh_from_db()
    assert first.html == "<p>How?</p>"


def test_an_empty_body_is_an_empty_form(writes, started):
    """Not a page that is just opened."""
    assert writes.post(reverse("forums:reply", args=place(started))).status_code == 422
    assert writes.post(reverse("forums:start", args=place(started)[:2])).status_code == 422


def test_a_reference_is_shown_to_the_author_as_she_may_read_it(writes, started):
    """Tokens leave the server bound, in the preview as everywhere."""
    token = "[[tk:6f1c7d5e-0000-4000-8000-000000000000:body]]"
    answer = writes.post(
        reverse("forums:reply", args=place(started)), {"html": f"<p>{token}</p>", "preview": "yes"}
    )
    shown = answer.content.decode().split('id="preview"')[1].split("</section>")[0]
    assert token not in shown


def test_a_stranger_previews_nothing(client, started):
    url = reverse("forums:reply", args=place(started))
    people.sign_in(client, people.stranger())
    assert client.post(url, {"html": "x", "preview": "yes"}).status_code in (302, 403)
    assert thread(started.forum, people.community_member(), "Another").pk
