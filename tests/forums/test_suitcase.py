"""A forum to take along: small, complete, and only what its reader may read."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from communities.enums import MemberRole, Visibility
from communities.forums import actions, suitcase
from communities.forums.models import Post
from network.consent.enums import PartName
from network.consent.models import Part
from network.consent.tokens import Token
from network.notifications.models import OutgoingMail
from network.notifications.sending import send_due
from network.outbox import actions as outbox
from tests import people
from tests.communities.factories import belongs, community
from tests.consent import factories as consent
from tests.forums.factories import forum, reply, thread

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(client):
    here = community(visibility=Visibility.MEMBERS)
    for who in (people.community_member(), people.expert()):
        belongs(who, here)
    belongs(people.moderator(), here, MemberRole.MODERATOR)
    people.sign_in(client, people.expert())
    return forum(here)


def text_of(client, room, **query) -> str:
    answer = client.get(f"{room.get_absolute_url()}suitcase.txt", query_params=query)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert "attachment" in answer["Content-Disposition"]
    return answer.content.decode()


def test_it_holds_every_thread_and_post_in_order(client, room):
    first = thread(room, people.expert(), "Crabs", "<p>How <strong>many</strong> crabs?</p>")
    second = thread(room, people.community_member(), "Shrimps")
    reply(first, people.community_member(), "<p>Two hundred.</p>")
    text = text_of(client, room)
    words = ["3 posts of 3", "Crabs", "How many crabs?", "Two hundred.", "Shrimps", "Here it ends."]
    places = [text.index(word) for word in words]
    assert places == sorted(places)
    assert f"http://testserver{second.get_absolute_url()}" in text
    assert "Farida Rahimi" in text
    assert "<" not in text.replace("<http", "")


def test_what_she_may_not_read_is_not_in_it(client, room):
    started = thread(room, people.expert())
    hidden = reply(started, people.community_member(), "<p>Hidden words.</p>")
    actions.hide(viewer=people.viewer(people.moderator()), post=hidden, reason="Off the subject.")
    assert "Hidden words" not in text_of(client, room)
    people.sign_in(client, people.outsider())
    for page in ("suitcase/", "suitcase.txt"):
        assert client.get(f"{room.get_absolute_url()}{page}").status_code == 404
    client.logout()
    assert client.get(f"{room.get_absolute_url()}suitcase.txt").status_code == 302


def test_sealed_knowledge_stays_sealed_and_no_token_is_printed(client, room):
    item = consent.item(consent.holder())
    part = Part.objects.get(item=item, name=PartName.BODY)
    started = thread(room, people.expert())
    token = str(Token(item.pk, part.name))
    Post.objects.filter(thread=started).update(html=f"<p>Before.</p><p>{token}</p><p>Behind.</p>")
    text = text_of(client, room)
    assert "[[tk:" not in text
    assert consent.CANARY not in text
    assert "Before." in text
    assert "Behind." in text


def test_only_what_is_new_since_a_day(client, room):
    started = thread(room, people.expert(), "Crabs", "<p>Long ago.</p>")
    Post.objects.update(written_at=timezone.now() - timedelta(days=40))
    reply(started, people.community_member(), "<p>Lately.</p>")
    text = text_of(client, room, since=(timezone.now() - timedelta(days=7)).date().isoformat())
    assert "Lately." in text
    assert "Long ago." not in text
    assert "1 post of 1" in text


def test_several_small_ones_hold_what_one_cannot_and_nothing_is_lost(client, room, monkeypatch):
    monkeypatch.setattr(suitcase, "LARGEST", 6_000)
    first = thread(room, people.expert(), "Crabs")
    second = thread(room, people.expert(), "Shrimps")
    for n in range(15):
        reply(first if n % 2 else second, people.community_member(), f"<p>Word{n:02} {'x ' * 200}</p>")
    seen, texts, query = [], 0, {}
    while query is not None:
        text = text_of(client, room, **query)
        assert len(text.encode()) <= 6_000
        texts += 1
        seen += re.findall(r"Word\d\d", text)
        following = re.search(r"after=(\d+\.\d+)", text)
        query = {"after": following[1]} if following else None
    assert texts > 1
    assert sorted(seen) == [f"Word{n:02}" for n in range(15)]


def test_it_comes_as_a_mail_too(client, room):
    thread(room, people.expert(), "Crabs", "<p>How many?</p>")
    answer = client.post(f"{room.get_absolute_url()}suitcase/", {"act": "mail", "since": ""})
    assert answer.status_code == 302
    while outbox.work_off():
        pass
    assert OutgoingMail.objects.exists()
    send_due()
    [sent] = mail.outbox
    assert sent.to == [people.expert().email]
    [(name, content, kind)] = [tuple(part) for part in sent.attachments]
    assert (name, kind) == (f"forum-{room.pk}.txt", "text/plain")
    assert "How many?" in content
    assert sent.message()["Auto-Submitted"] == "auto-generated"


def test_the_page_says_what_is_in_it(client, room):
    thread(room, people.expert())
    page = client.get(f"{room.get_absolute_url()}suitcase/").content.decode()
    assert "There is 1 post now." in page
    assert "300 KB" in page
    assert f"{room.get_absolute_url()}suitcase/" in client.get(room.get_absolute_url()).content.decode()
    answer = client.post(f"{room.get_absolute_url()}suitcase/", {"since": "2026-01-01"})
    assert answer.url == f"{room.get_absolute_url()}suitcase.txt?since=2026-01-01"


@pytest.mark.parametrize("since", ["x", "\x00", "0001-01-01", "9999-12-31", "1" * 10_000])
def test_a_day_that_is_none_is_refused(client, room, since):
    assert client.post(f"{room.get_absolute_url()}suitcase/", {"since": since}).status_code == 422
    answer = client.get(f"{room.get_absolute_url()}suitcase.txt", query_params={"since": since})
    assert answer.status_code == 404


@pytest.mark.parametrize("after", ["x", "1", "1.x", "9" * 30 + ".1", "-1.2", "1.2.3"])
def test_a_mark_that_is_none_is_not_found(client, room, after):
    answer = client.get(f"{room.get_absolute_url()}suitcase.txt", query_params={"after": after})
    assert answer.status_code == 404


def test_the_same_questions_for_a_few_posts_and_for_many(room):
    viewer = people.viewer(people.expert())

    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            suitcase.pack(viewer, suitcase.Wish(room), exit="text")
        return len(asked)

    started = thread(room, people.expert())
    few = questions()
    for n in range(40):
        reply(started, people.community_member(), f"<p>Again {n}.</p>")
    assert questions() <= few
