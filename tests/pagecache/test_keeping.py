"""What is kept for strangers, what never is, and when nothing has to be sent again."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from communities.enums import MemberRole
from communities.forums.models import Post
from home.events.models import EventPage
from network.experts.enums import Visibility
from network.outbox.models import Stream
from network.pagecache.actions import bump
from network.pagecache.rules import SITE, tag
from network.thesaurus.models import Term
from tests import people
from tests.communities.factories import belongs, community
from tests.consent import factories as knowledge
from tests.experts.factories import published
from tests.forums.factories import forum, reply, thread
from tests.home.test_events import event

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk():
    here = community()
    belongs(people.community_member(), here)
    belongs(people.moderator(), here, MemberRole.MODERATOR)
    return thread(forum(here), people.community_member())


def asked(client: Client, path: str, **headers: str) -> int:
    with CaptureQueriesContext(connection) as questions:
        client.get(path, headers=headers)
    return len(questions)


def pages_of(talk) -> list[str]:
    published(people.expert(), seen_by=Visibility.EVERYONE)
    return [
        talk.get_absolute_url(),
        talk.forum.get_absolute_url(),
        talk.forum.community.get_absolute_url(),
        "/communities/",
        "/experts/",
        people.expert().expert_profile.get_absolute_url(),
        event().get_url(),
        "/events/",
        "/news/",
        "/",
    ]


def test_a_second_stranger_costs_one_question(talk):
    for path in pages_of(talk):
        first = Client().get(path)
        assert first.status_code == 200
        assert first["ETag"], path
        client = Client()
        with CaptureQueriesContext(connection) as questions:
            second = client.get(path)
        assert len(questions) == 1, path
        assert second.content == first.content
        assert (second["ETag"], second["Content-Type"]) == (first["ETag"], first["Content-Type"])
        assert "nonce" not in second["Content-Security-Policy"]
        assert "Cookie" not in second.get("Vary", "")
        assert not second.cookies


def test_nothing_is_sent_again_while_nothing_has_changed(client, talk):
    mark = client.get(talk.get_absolute_url())["ETag"]
    with CaptureQueriesContext(connection) as questions:
        again = client.get(talk.get_absolute_url(), headers={"If-None-Match": mark})
    assert (again.status_code, again.content, len(questions)) == (304, b"", 1)
    reply(talk, people.community_member(), "<p>By day.</p>")
    after = client.get(talk.get_absolute_url(), headers={"If-None-Match": mark})
    assert after.status_code == 200
    assert "By day." in after.content.decode()


def test_each_language_query_and_host_is_kept_by_itself(client, talk):
    for _number in range(25):
        reply(talk, people.community_member())
    path = talk.get_absolute_url()
    seen = {
        client.get(path).content,
        client.get(f"/ar{path}").content,
        client.get(f"{path}?from=21").content,
        client.get(path, headers={"host": "localhost"}).content,
    }
    assert client.get(f"/ar{path}").content in seen
    assert client.get(f"{path}?from=21").content in seen
    assert len(seen) >= 3


def test_an_address_with_parts_that_no_page_knows_fills_nothing(client, talk):
    path = f"{talk.get_absolute_url()}?utm_source=x"
    client.get(path)
    assert "ETag" not in client.get(path)
    assert asked(client, path) > 1


@pytest.mark.parametrize("who", ["community_member", "moderator"])
def test_whoever_is_signed_in_gets_her_own_page(client, talk, who):
    path = talk.get_absolute_url()
    strange = client.get(path)
    people.sign_in(client, getattr(people, who)())
    hers = client.get(path, headers={"If-None-Match": strange["ETag"]})
    assert hers.status_code == 200
    assert "ETag" not in hers
    assert hers.content != strange.content
    assert Client().get(path).content == strange.content


def test_a_page_with_a_form_a_cookie_or_a_sentence_is_not_kept(client, talk):
    for path in ("/accounts/login/", "/search/?q=crabs"):
        assert "ETag" not in client.get(path)
    client.cookies["messages"] = "x"
    assert "ETag" not in client.get(talk.get_absolute_url())


def test_who_reports_first_as_a_cookie_of_another_site_stays_a_stranger(client, talk):
    client.get("/accounts/login/")
    assert "csrftoken" in client.cookies
    assert client.get(talk.get_absolute_url())["ETag"]


def test_only_what_is_there_is_kept(client, talk):
    nowhere = f"{talk.forum.get_absolute_url()}999-nothing/"
    assert client.get(nowhere).status_code == 404
    assert "ETag" not in client.get(nowhere)
    moved = f"{talk.forum.get_absolute_url()}{talk.pk}-wrong/"
    assert client.get(moved).status_code == 301


def test_knowledge_is_kept_as_a_token_and_bound_at_each_answer(client, talk):
    item = knowledge.item(knowledge.holder(), text="Where the crabs moult")
    Post.objects.filter(thread=talk).update(html=f"<p>[[tk:{item.pk}:body]]</p>")
    path = talk.get_absolute_url()
    first = client.get(path)
    with CaptureQueriesContext(connection) as questions:
        second = client.get(path)
    for answer in (first, second):
        assert "ETag" not in answer
        assert "no-store" in answer["Cache-Control"]
        assert f"[[tk:{item.pk}:body]]" not in answer.content.decode().replace("data-", "")
        assert "Where the crabs moult" not in answer.content.decode()
    assert 1 < len(questions) < 6  # the tags, and what the gate asks
    assert second.content == first.content


def test_what_is_kept_is_packed_once(client, talk):
    path = talk.get_absolute_url()
    client.get(path)
    packed = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed["Vary"]
    assert int(packed["Content-Length"]) == len(packed.content)
    plain = client.get(path)
    assert int(plain["Content-Length"]) == len(plain.content) > len(packed.content)


def test_head_is_answered_from_what_is_kept(client, talk):
    path = talk.get_absolute_url()
    mark = client.get(path)["ETag"]
    assert client.head(path)["ETag"] == mark


def test_a_page_expires_when_its_event_ends(client, monkeypatch):
    page = event("Soon over", days=0)
    ends = timezone.now() + timedelta(seconds=30)
    EventPage.objects.filter(pk=page.pk).update(starts_at=ends - timedelta(hours=1), ends_at=ends)
    path = page.get_url()
    before = client.get(path)
    assert asked(client, path) == 1
    later = ends + timedelta(seconds=1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    monkeypatch.setattr("time.time", later.timestamp)
    assert client.get(path).content != before.content


def test_a_change_while_a_page_is_made_is_not_missed(client, talk, monkeypatch):
    """The view has asked its questions; before its page is kept, somebody replies."""
    from communities.forums.views import threads

    render = threads.render
    path = talk.get_absolute_url()

    def slowly(*args, **kwargs):
        made = render(*args, **kwargs)
        monkeypatch.setattr(threads, "render", render)
        reply(talk, people.community_member(), "<p>In between.</p>")
        return made

    monkeypatch.setattr(threads, "render", slowly)
    assert "In between." not in client.get(path).content.decode()
    assert "In between." in client.get(path).content.decode()


def test_what_is_rolled_back_has_changed_nothing(client, talk):
    from django.db import transaction

    mark = client.get(talk.get_absolute_url())["ETag"]
    with pytest.raises(RuntimeError), transaction.atomic():
        reply(talk, people.community_member(), "<p>Never.</p>")
        raise RuntimeError
    again = client.get(talk.get_absolute_url(), headers={"If-None-Match": mark})
    assert again.status_code == 304


def test_off_is_off(client, talk, settings):
    settings.PAGE_CACHE_SECONDS = 0
    client.get(talk.get_absolute_url())
    assert "ETag" not in client.get(talk.get_absolute_url())


def test_bumping_counts_each_tag_once_in_one_question():
    with CaptureQueriesContext(connection) as questions:
        bump("page:b", "page:a", "page:a")
    assert len(questions) == 1
    bump("page:a")
    found = Stream.objects.filter(name__in=["page:a", "page:b"]).order_by("name")
    assert list(found.values_list("last_number", flat=True)) == [2, 1]
    bump()


def test_a_long_name_is_a_tag_too():
    long = tag("forum", "x" * 80, "y" * 80)
    assert len(long) <= 100
    assert long != tag("forum", "x" * 80, "z" * 80)
    bump(long)


def test_a_new_version_begins_anew(client, talk):
    from network.pagecache.receivers import forget_everything

    client.get("/communities/")
    before = Stream.objects.get(name=SITE).last_number
    forget_everything(using="default")
    assert Stream.objects.get(name=SITE).last_number == before + 1
    forget_everything(using="keys")
    assert asked(client, "/communities/") > 1


def test_a_word_of_a_vocabulary_that_changes_is_seen(client):
    here = community()
    term = Term.objects.get(domain="kmgbf-target", code="3")
    here.themes.add(term)
    client.get(here.get_absolute_url())
    term.names["en"] = "Thirty by thirty, said anew"
    term.save()
    assert "said anew" in client.get(here.get_absolute_url()).content.decode()
