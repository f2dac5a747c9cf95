"""Polls: one vote a person, results when they are due, and a secret ballot that stays one."""

import json
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from communities.enums import MemberRole
from communities.forums import actions, personal
from communities.forums.counters import differences
from communities.forums.enums import Results
from communities.forums.exporting import Copy, parts
from communities.forums.models import Ballot, Poll, Thread
from network.foundations.exceptions import Refused
from network.outbox.models import Entry
from tests import people
from tests.communities.factories import belongs, crowd
from tests.forums.factories import forum, thread

pytestmark = pytest.mark.django_db


def poll(of: Thread, **more) -> Poll:
    values = {"question": "When do you count?", "options": ["By night", "By day", "Never"]} | more
    return actions.ask(viewer=people.viewer(people.community_member()), thread=of, **values)


def vote(in_: Poll, who, *choices: int) -> Ballot:
    return actions.vote(viewer=people.viewer(who), poll=in_, choices=choices)


def sees(who, of: Thread) -> str:
    return people.sign_in(Client(), who).get(of.get_absolute_url()).content.decode()


def results_in(page: str) -> bool:
    return "poll__results" in page


SENT = {
    "question": "When?", "options": "By night\nBy day\n", "most": "1", "is_secret": "open",
    "results": "always", "may_change": "on", "zone": "Africa/Nairobi",
}  # fmt: skip


def test_a_thread_may_begin_with_a_poll(client, here):
    people.sign_in(client, people.community_member())
    sent = {"title": "Crabs", "html": "<p>How?</p>", "language": "en", "asks": "on"}
    page = client.post(f"{forum(here, 'Lagoons').get_absolute_url()}start/", sent, follow=True)
    assert client.post(page.request["PATH_INFO"], SENT).status_code == 302
    assert Poll.objects.get().post.thread.title == "Crabs"


def test_a_poll_is_asked_voted_in_and_read(client, started):
    people.sign_in(client, people.community_member())
    asked = client.post(f"{started.get_absolute_url()}poll/", SENT, follow=True)
    assert "By night" in asked.content.decode()
    found = Poll.objects.get()
    url, name = f"{found.get_absolute_url()}vote/", f"poll{found.pk}-choices"
    page = client.post(url, {name: "1"}, follow=True).content.decode()
    assert "Your vote is counted." in page
    assert "100 %" in page
    client.post(url, {name: "0"})
    found.refresh_from_db()
    assert (found.tallies, found.voters) == ([1, 0], 1)
    stranger = Client().get(started.get_absolute_url()).content.decode()
    assert results_in(stranger)
    assert "Sign in to vote" in stranger
    assert [str(difference) for difference in differences()] == []


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"options": "Only one"}, "two to twelve"),
        ({"options": "Same\nSame"}, "two to twelve"),
        ({"most": "3"}, "not so many answers"),
        ({"closes_at": "2001-01-01T10:00"}, "That hour has passed"),
        ({"closes_at": "yesterday"}, "Enter a valid date/time"),
        ({"zone": "Nowhere/Land"}, "Select a valid choice"),
    ],
)
def test_a_poll_that_cannot_be_asked_comes_back_whole(client, started, sent, said):
    people.sign_in(client, people.community_member())
    answer = client.post(f"{started.get_absolute_url()}poll/", SENT | {"question": "kept words"} | sent)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "kept words" in answer.content.decode()
    assert not Poll.objects.exists()


def test_who_asks_and_who_votes(here, started):
    member, observer = people.person("member"), people.person("observer")
    belongs(member, here)
    belongs(observer, here, MemberRole.OBSERVER)
    with pytest.raises(PermissionDenied):
        actions.ask(viewer=people.viewer(member), thread=started, question="q", options=["a", "b"])
    found = poll(started)
    vote(found, member, 0)
    for who in (observer, people.outsider(), people.stranger()):
        with pytest.raises(PermissionDenied):
            vote(found, who, 0)
    actions.lock(viewer=people.viewer(people.moderator()), thread=started, reason="r")
    with pytest.raises(PermissionDenied):
        vote(found, people.community_member(), 0)


def test_the_database_takes_one_vote_a_person(started):
    found = poll(started)
    vote(found, people.community_member(), 0)
    with pytest.raises(IntegrityError), transaction.atomic():
        Ballot.objects.create(poll=found, user=people.community_member(), choices=[1])


@pytest.mark.parametrize("choices", [[], [0, 1, 2], [7], [-1]])
def test_several_may_be_chosen_and_no_more_than_several(started, choices):
    found = poll(started, most=2)
    with pytest.raises(Refused):
        vote(found, people.community_member(), *choices)
    vote(found, people.community_member(), 0, 2)
    assert Poll.objects.get().tallies == [1, 0, 1]


def test_a_vote_that_stays_is_not_changed(client, started):
    found = poll(started, may_change=False)
    vote(found, people.community_member(), 0)
    people.sign_in(client, people.community_member())
    client.post(f"{found.get_absolute_url()}vote/", {f"poll{found.pk}-choices": "1"})
    with pytest.raises(Refused):
        vote(found, people.community_member(), 1)
    assert Ballot.objects.get().choices == [0]


@pytest.mark.parametrize(
    ("results", "before", "after", "stranger"),
    [
        (Results.ALWAYS, True, True, True),
        (Results.VOTED, False, True, False),
        (Results.CLOSED, False, False, False),
    ],
)
def test_results_are_shown_when_they_are_due(client, started, results, before, after, stranger):
    member = people.community_member()
    found = poll(started, results=results)
    assert results_in(sees(member, started)) is before
    vote(found, member, 0)
    assert results_in(sees(member, started)) is after
    assert results_in(client.get(started.get_absolute_url()).content.decode()) is stranger
    people.sign_in(client, people.moderator())
    page = client.post(f"{found.get_absolute_url()}close/", follow=True).content.decode()
    assert results_in(page)
    assert results_in(sees(people.stranger(), started))
    assert "closed the poll" in sees(member, started)
    with pytest.raises(Refused):
        vote(found, people.moderator(), 0)


def test_pages_that_were_kept_tell_of_votes(client, started, settings):
    settings.PAGE_CACHE_SECONDS = 300
    found = poll(started)
    assert "0 people have voted" in client.get(started.get_absolute_url()).content.decode()
    vote(found, people.community_member(), 0)
    assert "1 person has voted" in client.get(started.get_absolute_url()).content.decode()


def test_it_closes_by_the_clock_and_says_so_in_its_zone(client, started):
    poll(
        started, closes_at=timezone.now() + timedelta(hours=1), zone="Africa/Nairobi", results=Results.CLOSED
    )
    page = client.get(started.get_absolute_url())
    assert "Nairobi" in page.content.decode()
    assert page.wsgi_request.page_expires == Poll.objects.get().closes_at
    Poll.objects.update(closes_at=timezone.now() - timedelta(seconds=1))
    assert results_in(sees(people.community_member(), started))
    with pytest.raises(Refused):
        vote(Poll.objects.get(), people.community_member(), 0)


def test_a_secret_ballot_tells_who_and_not_what(client, here, started):
    found = poll(started, is_secret=True, options=["zq-yes", "zq-no"], results=Results.CLOSED)
    voter = people.person("voter", "Vera Voter")
    belongs(voter, here)
    vote(found, voter, 0)
    for who in (people.community_member(), people.moderator()):
        people.sign_in(client, who)
        listed = client.get(found.get_absolute_url()).content.decode().split('id="voters"')[1]
        assert "Vera Voter" in listed
        assert "zq-yes" not in listed
    assert "Vera Voter" not in Client().get(found.get_absolute_url()).content.decode()
    copied = {name: b"".join(lines) for name, lines in parts(Copy(here))}
    assert voter.pk not in json.loads(copied["polls.jsonl"]).values()
    assert b"zq-yes" in copied["polls.jsonl"]
    assert "zq-yes" in str(personal.export(voter))


@pytest.mark.parametrize("results", [Results.ALWAYS, Results.VOTED])
def test_nobody_watches_a_secret_ballot_grow_name_by_name(client, here, started, results):
    found = poll(started, is_secret=True, results=results)
    late, early = people.person("late-voter", "Lada Late"), people.person("early-voter", "Edda Early")
    for who in (late, early):
        belongs(who, here)
    vote(found, early, 0)
    people.sign_in(client, people.community_member())
    vote(found, people.community_member(), 1)
    assert "Edda Early" not in client.get(found.get_absolute_url()).content.decode()
    vote(found, late, 1)
    actions.close_poll(viewer=people.viewer(people.community_member()), poll=found)
    listed = client.get(found.get_absolute_url()).content.decode().split('id="voters"')[1]
    assert listed.index("Lada Late") < listed.index("Edda Early")


@pytest.mark.parametrize("until", ["9999-12-31T23:59", "0001-01-01T00:00", "2101-01-01T00:00"])
def test_an_hour_beyond_all_clocks_is_refused(client, started, until):
    people.sign_in(client, people.community_member())
    sent = SENT | {"closes_at": until, "zone": "America/New_York"}
    page = client.post(f"{started.get_absolute_url()}poll/", sent)
    assert page.status_code == 422
    assert "By night" in page.content.decode()


def test_answers_that_look_the_same_are_one(client, started):
    people.sign_in(client, people.community_member())
    ask = f"{started.get_absolute_url()}poll/"
    for sent in ({"options": "Yes\nYe\u200bs"}, {"options": "\u200b\n\u2060"}, {"question": "\u202e\u200d"}):
        assert client.post(ask, SENT | sent).status_code == 422, sent
    client.post(ask, SENT | {"options": "\u202eYes\nNo"})
    assert Poll.objects.get().options == ["Yes", "No"]


def test_who_asked_closes_the_poll_also_where_it_was_merged_to(here, started):
    asker = people.person("asker")
    belongs(asker, here)
    other = thread(started.forum, asker, "Other")
    found = actions.ask(
        viewer=people.viewer(asker), thread=other, question="How many?", options=["One", "Two"]
    )
    actions.merge(viewer=people.viewer(people.moderator()), thread=other, into=started, reason="r")
    found = Poll.objects.get(pk=found.pk)
    with pytest.raises(PermissionDenied):
        actions.close_poll(viewer=people.viewer(people.community_member()), poll=found)
    actions.close_poll(viewer=people.viewer(asker), poll=found)
    assert Poll.objects.get(pk=found.pk).is_closed


def test_nobody_asks_once_the_forum_has_closed(started):
    room, now = started.forum, timezone.now()
    room.opens_at, room.closes_at = now - timedelta(days=2), now - timedelta(days=1)
    room.save()
    with pytest.raises(PermissionDenied):
        poll(started)


def test_an_open_ballot_tells_both_once_the_results_are_shown(client, here, started):
    found = poll(started, results=Results.CLOSED)
    vote(found, people.moderator(), 1)
    people.sign_in(client, people.community_member())

    def listed() -> str:
        return client.get(found.get_absolute_url()).content.decode().split('id="voters"')[1]

    assert "By day" not in listed()
    actions.close_poll(viewer=people.viewer(people.community_member()), poll=found)
    assert "By day" in listed()


def test_whoever_leaves_is_forgotten_and_her_vote_counts(here, started):
    found = poll(started)
    vote(found, people.community_member(), 0)
    personal.erase(people.community_member(), keep_contributions=False)
    found.refresh_from_db()
    assert (found.tallies, found.voters) == ([1, 0, 0], 1)
    assert found.question == "Erased by its author."
    assert Entry.objects.filter(stream__name=f"thread:{started.pk}", kind="asked").count() == 2
    assert Ballot.objects.get().user is None
    assert [str(difference) for difference in differences()] == []


def test_a_poll_waits_with_its_post(here, client):
    newcomer = people.person("newcomer")
    belongs(newcomer, here)
    room = forum(here, "Lagoons")
    held = thread(room, newcomer, "Held", '<p><a href="https://x.example">x</a></p>')
    actions.ask(viewer=people.viewer(newcomer), thread=held, question="Waits too", options=["a", "b"])
    assert Client().get(held.get_absolute_url()).status_code == 404
    page = sees(people.moderator(), held)
    assert "Waits too" in page
    assert "poll/vote/" not in page
    actions.approve(viewer=people.viewer(people.moderator()), post=held.posts.get())
    assert "Waits too" in sees(people.stranger(), held)


def test_links_of_a_newcomer_do_not_slip_into_a_poll(here):
    newcomer = people.person("newcomer")
    belongs(newcomer, here)
    room = forum(here, "Lagoons")
    started = thread(room, newcomer, "Out", "<p>Hello</p>")
    actions.hide(viewer=people.viewer(people.moderator()), post=started.posts.get(), reason="r")
    with pytest.raises(Refused):
        actions.ask(viewer=people.viewer(newcomer), thread=started, question="q", options=["a", "b"])


def test_a_poll_goes_with_its_post_into_another_thread(here, started):
    found = poll(started)
    other = thread(started.forum, people.moderator(), "Other")
    actions.merge(viewer=people.viewer(people.moderator()), thread=started, into=other, reason="r")
    vote(Poll.objects.get(pk=found.pk), people.community_member(), 0)
    assert "When do you count?" in sees(people.stranger(), other)


def test_a_page_with_a_poll_asks_nothing_more(client, here, started, django_assert_max_num_queries):
    found = poll(started, most=2)
    for who in crowd(here, 12):
        vote(found, who, 0, 1)
    client.get(started.get_absolute_url())
    with django_assert_max_num_queries(6):
        client.get(f"{started.get_absolute_url()}?from=1&x=1")
    people.sign_in(client, people.moderator())
    with django_assert_max_num_queries(10):
        client.get(started.get_absolute_url())
