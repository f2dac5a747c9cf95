"""Voting by answering the mail that tells of a poll."""

from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from communities.forums import actions
from communities.forums.ballot_box import TOLD, chosen_in
from communities.forums.models import Ballot, Post
from network.notifications import actions as notifications
from network.notifications.answerable import answering_of
from network.notifications.enums import Channel, IncomingReason, IncomingState, Timing
from network.notifications.models import IncomingMail, Notification, OutgoingMail
from network.notifications.sending import send_due
from network.outbox.actions import work_off
from tests import people
from tests.communities.factories import belongs
from tests.notifications.inbound.letters import arrives, mail

pytestmark = pytest.mark.django_db
TOWNS = ["Nairobi, in March", "Montreal, in May", "Neither"]


@pytest.fixture(autouse=True)
def unhurried(monkeypatch):
    monkeypatch.setattr("network.notifications.receivers._hasten", lambda: None)
    monkeypatch.setattr("network.notifications.inbound.intake.hasten", lambda: None)


@pytest.fixture
def voter(started):
    """She listens to the thread."""
    found = people.expert()
    belongs(found, started.forum.community)
    actions.watch(viewer=people.viewer(found), thread=started)
    return found


def worked():
    while work_off():
        pass


def ask(started, options=TOWNS, **more):
    return actions.ask(
        viewer=people.viewer(people.community_member()),
        thread=started,
        question="Where?",
        options=options,
        **more,
    )


def answering(poll, who):
    return answering_of(TOLD, {"poll": poll.pk}, people.viewer(who))


def answers(poll, who, text, **headers):
    to = answering(poll, who).address
    return arrives(mail(who.email, to, text, **headers), to)


def choices(who) -> list[int] | None:
    return Ballot.objects.filter(user=who).values_list("choices", flat=True).first()


class TestTelling:
    def test_who_listens_is_told_and_may_answer(self, started, voter):
        notifications.choose(person_id=voter.pk, choices={(TOLD, Channel.MAIL): Timing.AT_ONCE})
        poll = ask(started)
        worked()
        OutgoingMail.objects.update(next_try_at=timezone.now())
        send_due()
        [told] = [one for one in outbox.outbox if one.to == [voter.email]]
        address = told.extra_headers["Reply-To"]
        assert address == answering(poll, voter).address
        for text in (told.body, told.alternatives[0].content):
            assert "Where?" in text
            assert "Montreal, in May" in text
        arrives(mail(voter.email, address, "2"), address)
        assert choices(voter) == [1]

    def test_a_digest_says_how_to_vote_too(self, started, voter):
        poll = ask(started)
        worked()
        row = Notification.objects.get(kind=TOLD, recipient=voter)
        assert row.mail == Timing.DAILY
        OutgoingMail.objects.create(
            recipient=voter, notification_ids=[row.pk], message_id="<digest@test>", form="digest"
        )
        send_due()
        [told] = [one for one in outbox.outbox if one.to == [voter.email]]
        assert answering(poll, voter).address in told.body
        assert "mailto:vote+" in told.alternatives[0].content

    def test_whoever_asked_and_observers_are_not_told(self, started, voter):
        ask(started)
        worked()
        told = Notification.objects.filter(kind=TOLD).values_list("recipient", flat=True)
        assert people.community_member().pk not in told


class TestVoting:
    @pytest.mark.parametrize(
        ("text", "chosen"),
        [
            ("1", [0]),
            ("#2", [1]),
            ("Option 3.", [2]),
            ("вариант 2", [1]),
            ("选项2", [1]),
            ("الخيار ٢", [1]),
            ("Nairobi, in March", [0]),
            ("montreal", [1]),
            ("  NEITHER!\n\n-- \nFarida", [2]),
            ("2 Montreal, in May", [1]),
        ],
    )
    def test_numbers_and_words(self, started, voter, text, chosen):
        kept = answers(ask(started), voter, text)
        assert (kept.state, kept.reason, choices(voter)) == (
            IncomingState.DONE,
            IncomingReason.HEEDED,
            chosen,
        )

    @pytest.mark.parametrize(
        ("text", "chosen"),
        [("Oui", [0]), ("нет", [1]), ("反对", [1]), ("نعم", [0]), ("me abstengo", [2]), ("Against", [1])],
    )
    def test_yes_and_no_in_any_language(self, started, voter, text, chosen):
        answers(ask(started, ["Yes", "No", "Abstain"]), voter, text)
        assert choices(voter) == chosen

    @pytest.mark.parametrize("text", ["1, 3", "1 and 3", "3\n1", "Nairobi et Neither", "1، 3", "1和3"])
    def test_several_where_the_poll_lets(self, started, voter, text):
        answers(ask(started, most=2), voter, text)
        assert choices(voter) == [0, 2]

    @pytest.mark.parametrize(
        "text", ["4", "0", "Paris", "in", "not Nairobi but Montreal", "I like all of it", "1, Paris"]
    )
    def test_what_names_nothing_or_two_is_no_vote(self, started, voter, text):
        kept = answers(ask(started), voter, text)
        assert (kept.state, kept.ids["with_text"], choices(voter)) == (IncomingState.RETURNED, 1, None)
        assert "1 (Nairobi, in March)" in kept.said

    def test_more_than_the_poll_lets_comes_back(self, started, voter):
        assert answers(ask(started), voter, "1, 2").state == IncomingState.RETURNED
        assert choices(voter) is None

    def test_where_answers_are_numbers_nobody_guesses(self, started, voter):
        poll = ask(started, ["2", "1"])
        kept = answers(poll, voter, "2")
        assert "#1 (2)" in kept.said
        answers(poll, voter, "#1")
        assert choices(voter) == [0]

    def test_what_stands_below_comes_back(self, started, voter):
        poll = ask(started)
        kept = answers(poll, voter, "2\n\nMay is after the rains.")
        assert choices(voter) == [1]
        assert kept.ids["with_text"] == 1
        outbox.outbox.clear()
        worked()
        [told] = [one for one in outbox.outbox if one.to == [voter.email]]
        assert told.subject == "Not all of your mail was posted"
        assert "May is after the rains." in told.body
        assert "reply+" in told.body
        assert Post.objects.filter(thread=started).count() == 1

    def test_another_vote_takes_its_place_where_the_poll_lets(self, started, voter):
        poll = ask(started)
        answers(poll, voter, "1")
        answers(poll, voter, "2", Subject="Re: Re")
        poll.refresh_from_db()
        assert (choices(voter), poll.tallies, poll.voters) == ([1], [0, 1, 0], 1)

    def test_and_comes_back_where_it_does_not(self, started, voter):
        poll = ask(started, may_change=False)
        address = answering(poll, voter).address
        answers(poll, voter, "1")
        assert answering(poll, voter) is None
        kept = arrives(mail(voter.email, address, "2", Subject="Other"), address)
        assert (kept.state, choices(voter)) == (IncomingState.RETURNED, [0])

    def test_of_a_secret_ballot_nothing_is_written_beside_it(self, started, voter):
        kept = answers(ask(started, is_secret=True), voter, "2")
        assert "Montreal" not in kept.said
        assert "counts" in kept.said

    def test_a_closed_poll_takes_none(self, started, voter):
        poll = ask(started, closes_at=timezone.now() + timedelta(hours=1))
        address = answering(poll, voter).address
        type(poll).objects.update(closes_at=timezone.now() - timedelta(minutes=1))
        kept = arrives(mail(voter.email, address, "1"), address)
        assert (kept.state, choices(voter)) == (IncomingState.RETURNED, None)


class TestWhoVotes:
    def test_nobody_by_the_address_of_somebody_else(self, started, voter):
        address = answering(ask(started), voter).address
        kept = arrives(mail(people.moderator().email, address, "1"), address)
        assert (kept.state, kept.reason) == (IncomingState.RETURNED, IncomingReason.WRONG_SENDER)
        assert not Ballot.objects.exists()

    def test_not_who_has_left(self, started, voter):
        address = answering(ask(started), voter).address
        actions_of = started.forum.community.memberships.get(user=voter)
        actions_of.ended_at = timezone.now()
        actions_of.save()
        kept = arrives(mail(voter.email, address, "1"), address)
        assert (kept.state, Ballot.objects.exists()) == (IncomingState.RETURNED, False)

    def test_a_mail_twice_is_one_vote(self, started, voter):
        poll = ask(started)
        to = answering(poll, voter).address
        content = mail(voter.email, to, "1")
        arrives(content, to)
        arrives(content, to)
        poll.refresh_from_db()
        assert (poll.voters, IncomingMail.objects.count()) == (1, 1)


@given(st.text(max_size=200), st.lists(st.text(min_size=1, max_size=20), min_size=2, max_size=5, unique=True))
def test_any_text_chooses_options_that_there_are(words, options):
    chosen, rest = chosen_in(words, options)
    assert set(chosen) <= set(range(len(options)))
    assert chosen or rest in (words, "")
