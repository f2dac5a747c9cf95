"""Decisions by answering the mail about a case: once, by whom it was sent to, about what she read."""

from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.utils import timezone

from communities.enums import Decision, MemberRole
from communities.forums.enums import PostState
from communities.forums.models import Post
from communities.models import JoinRequest
from communities.moderation import actions, letterbox
from communities.moderation.models import Appeal, MailedDecision, ModerationLogEntry
from network.notifications.answerable import answering_of
from network.notifications.enums import IncomingReason, IncomingState
from network.notifications.models import OutgoingMail
from network.notifications.sending import send_due
from tests import people
from tests.notifications.inbound.letters import arrives, mail

pytestmark = pytest.mark.django_db
FRONT = "mx.front.example"


@pytest.fixture(autouse=True)
def unhurried(monkeypatch):
    monkeypatch.setattr("network.notifications.receivers._hasten", lambda: None)
    monkeypatch.setattr("network.notifications.inbound.intake.hasten", lambda: None)


def answering(who, kind: str, **ids):
    return answering_of(f"moderation.{kind}", ids, people.viewer(who))


def answers(who, to: str, text: str, **headers):
    return arrives(mail(who.email, to, text, **headers), to)


class TestTheMail:
    def test_it_holds_the_whole_post_and_how_to_answer(self, place, worked):
        post = place.held()
        Post.objects.filter(pk=post.pk).update(html=f"<p>{'word ' * 200}at last</p>")
        worked()
        OutgoingMail.objects.update(next_try_at=timezone.now())
        send_due()
        [told] = [
            one for one in outbox.outbox if one.to == [people.moderator().email] and "waits" in one.subject
        ]
        address = told.extra_headers["Reply-To"]
        assert address == answering(people.moderator(), "held", post=post.pk).address
        assert len(address.partition("@")[0]) <= 64
        html = told.alternatives[0].content
        for text in (told.body, html):
            assert "at last" in text
            assert "It takes its place at the end of the thread" in text
            assert "hold" in text
        assert f"mailto:{address}?body=1" in html

    def test_each_moderator_has_an_address_of_her_own(self, place):
        post = place.held()
        both = {
            answering(who, "held", post=post.pk).address
            for who in (people.moderator(), people.person("second"))
        }
        assert len(both) == 2
        assert answering(people.community_member(), "held", post=post.pk) is None


class TestDeciding:
    @pytest.mark.parametrize(
        "text",
        [
            "approve",
            "APPROVE.",
            "1",
            "1.",
            "١",
            "Approuvé",
            "Sí",
            "Одобрить",
            "批准",
            "موافقة",
            "Yes, it is fine.",
        ],
    )
    def test_a_word_in_any_language_lets_it_go_out(self, place, worked, text):
        post, moderator = place.held(), people.moderator()
        kept = answers(moderator, answering(moderator, "held", post=post.pk).address, text)
        assert (kept.state, kept.reason) == (IncomingState.DONE, IncomingReason.HEEDED)
        post.refresh_from_db()
        assert post.state == PostState.PUBLISHED
        outbox.outbox.clear()
        worked()
        [told] = [one for one in outbox.outbox if one.to == [moderator.email]]
        assert told.subject == "Your mail counts"
        assert "Let it go out" in told.body

    @pytest.mark.parametrize(
        "text",
        [
            "reject\n\nIt is advertising.",
            "3 It is advertising.",
            "Rejeter : It is advertising.",
            "拒绝\nIt is advertising.",
        ],
    )
    def test_the_reason_stands_below_or_behind_it(self, place, text):
        post, moderator = place.held(), people.moderator()
        answers(moderator, answering(moderator, "held", post=post.pk).address, f"{text}\n\n-- \nA moderator")
        post.refresh_from_db()
        assert (post.state, post.holds.get().reason) == (PostState.REJECTED, "It is advertising.")

    def test_without_a_reason_it_comes_back_and_the_address_still_serves(self, place):
        post, moderator = place.held(), people.moderator()
        address = answering(moderator, "held", post=post.pk).address
        kept = answers(moderator, address, "reject")
        assert (kept.state, kept.said) == (
            IncomingState.RETURNED,
            "Say in a sentence why; those concerned read it.",
        )
        assert not MailedDecision.objects.exists()
        assert answers(moderator, address, "reject: No names.").state == IncomingState.DONE

    @pytest.mark.parametrize("text", ["Thank you for this mail", "7", "0", "approve it or reject it", "…"])
    def test_what_is_no_decision_is_none(self, place, text):
        post, moderator = place.held(), people.moderator()
        kept = answers(moderator, answering(moderator, "held", post=post.pk).address, text)
        assert kept.state == IncomingState.RETURNED
        assert "1 (approve)" in kept.said
        post.refresh_from_db()
        assert post.state == PostState.HELD

    @pytest.mark.parametrize("text", ["hold", "attendre", "4", "稍后"])
    def test_hold_decides_nothing(self, place, text):
        post, moderator = place.held(), people.moderator()
        address = answering(moderator, "held", post=post.pk).address
        assert answers(moderator, address, text).state == IncomingState.DONE
        post.refresh_from_db()
        assert post.state == PostState.HELD
        assert answers(moderator, address, "approve").state == IncomingState.DONE

    def test_reports_requests_and_appeals(self, place, worked):
        moderator, post = people.moderator(), place.say()
        report = actions.report(viewer=people.viewer(people.facilitator()), post=post, reason="harm")
        answers(moderator, answering(moderator, "report", report=report.pk).address, "hide\nNot so.")
        report.refresh_from_db()
        assert (report.outcome, report.answer) == ("upheld", "Not so.")
        entry = ModerationLogEntry.objects.get(act="post.hidden")
        appeal = actions.appeal(viewer=people.viewer(people.community_member()), entry=entry, words="Why?")
        assert answering(moderator, "appeal", appeal=appeal.pk) is None
        second = people.person("second")
        answers(second, answering(second, "appeal", appeal=appeal.pk).address, "yes: It is fine.")
        assert Appeal.objects.get().outcome == "granted"
        request = JoinRequest.objects.create(
            community=place.here, user=people.member(), message="I count crabs."
        )
        asked = answering_of(
            "communities.join_request", {"request": request.pk}, people.viewer(people.facilitator())
        )
        answers(people.facilitator(), asked.address, "да")
        request.refresh_from_db()
        assert request.decision == Decision.ACCEPTED


class TestWhatItIsBoundTo:
    def test_it_is_used_once(self, place, settings):
        settings.UNDO_SECONDS = 30
        post, moderator = place.held(), people.moderator()
        address = answering(moderator, "held", post=post.pk).address
        answers(moderator, address, "approve")
        viewer = people.viewer(moderator)
        actions.undo(viewer=viewer, move=actions.settling.undoable(viewer))
        kept = answers(moderator, address, "approve", Subject="Again")
        assert (kept.state, kept.reason) == (IncomingState.RETURNED, IncomingReason.REFUSED)
        post.refresh_from_db()
        assert post.state == PostState.HIDDEN

    def test_delivered_twice_it_decides_once(self, place):
        post, moderator = place.held(), people.moderator()
        address = answering(moderator, "held", post=post.pk).address
        content = mail(moderator.email, address, "approve")
        assert arrives(content, address) == arrives(content, address)
        assert MailedDecision.objects.count() == 1

    @pytest.mark.parametrize("who", ["second", "member", "stranger@post.example"])
    def test_nobody_else_decides_by_it(self, place, who):
        post, moderator = place.held(), people.moderator()
        sender = who if "@" in who else people.person(who).email
        address = answering(moderator, "held", post=post.pk).address
        kept = arrives(mail(sender, address, "approve"), address)
        assert (kept.state, kept.reason) == (IncomingState.RETURNED, IncomingReason.WRONG_SENDER)
        post.refresh_from_db()
        assert post.state == PostState.HELD

    def test_what_the_mail_server_doubts_is_asked_for(self, place, settings):
        settings.MAIL_IN_FRONT = FRONT
        post, moderator = place.held(), people.moderator()
        address = answering(moderator, "held", post=post.pk).address
        doubted = {"Authentication_Results": f"{FRONT}; dmarc=fail header.from=cast.example"}
        kept = answers(moderator, address, "approve", **doubted)
        assert (kept.state, kept.person) == (IncomingState.ASKED, moderator)
        post.refresh_from_db()
        assert post.state == PostState.HELD

    def test_another_text_than_she_read_is_not_decided(self, place):
        post, moderator = place.held(), people.moderator()
        address = answering(moderator, "held", post=post.pk).address
        Post.objects.filter(pk=post.pk).update(version=post.version + 1)
        kept = answers(moderator, address, "approve")
        assert "changed since then" in kept.said
        assert "/moderation/" in kept.said

    def test_it_is_good_for_a_week(self, place, monkeypatch):
        post, moderator = place.held(), people.moderator()
        address = answering(moderator, "held", post=post.pk).address
        later = timezone.now() + timedelta(days=8)
        monkeypatch.setattr(letterbox.timezone, "now", lambda: later)
        assert "for a week" in answers(moderator, address, "approve").said

    def test_who_moderates_no_more_decides_nothing(self, place):
        post, moderator = place.held(), people.moderator()
        address = answering(moderator, "held", post=post.pk).address
        place.here.memberships.filter(user=moderator).update(role=MemberRole.MEMBER)
        kept = answers(moderator, address, "approve")
        assert kept.state == IncomingState.RETURNED
        post.refresh_from_db()
        assert post.state == PostState.HELD

    def test_somebody_was_faster(self, place):
        post, moderator = place.held(), people.moderator()
        address = answering(moderator, "held", post=post.pk).address
        second = people.person("second")
        answers(second, answering(second, "held", post=post.pk).address, "approve")
        assert "in the meantime" in answers(moderator, address, "reject: No.").said

    def test_nobody_makes_one_up(self, place):
        post, moderator = place.held(), people.moderator()
        address = answering(moderator, "held", post=post.pk).address
        kept = answers(moderator, address[:-20] + "aaa" + address[-17:], "approve")
        assert kept.reason == IncomingReason.UNKNOWN_ADDRESS

    def test_a_worker_that_dies_leaves_no_half(self, place, monkeypatch):
        from network.notifications.inbound import intake, working
        from network.notifications.models import IncomingMail

        post, moderator = place.held(), people.moderator()
        address = answering(moderator, "held", post=post.pk).address
        intake.keep(
            content=mail(moderator.email, address, "approve"), recipient=address, envelope_from="a@b.example"
        )
        with monkeypatch.context() as patched:
            patched.setattr(working, "settle", lambda *args: 1 / 0)
            working.read_due()
        post.refresh_from_db()
        assert (post.state, MailedDecision.objects.count()) == (PostState.HELD, 0)
        IncomingMail.objects.update(next_try_at=timezone.now())
        assert working.read_due() == 1
        post.refresh_from_db()
        assert post.state == PostState.PUBLISHED
