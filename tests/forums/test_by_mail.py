"""Replying and starting threads by mail: whose mail it has to be, where it goes, what becomes of the rest."""

import os
from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.core import mail as outbox
from django.db import connections
from django.test import Client
from django.utils import timezone

from communities.enums import Joining, Visibility
from communities.forums import actions, letterbox
from communities.forums.enums import Origin, PostState
from communities.forums.models import Forum, Post, PostFile, Thread
from communities.models import Membership
from network.foundations.ratelimit import TooOften
from network.notifications import actions as notifications
from network.notifications import sending
from network.notifications.enums import Channel, IncomingReason, IncomingState, Timing
from network.notifications.inbound import addresses, asking, intake, working
from network.notifications.inbound.doors import lead_to
from network.notifications.models import IncomingMail, Notification, OutgoingMail
from tests import people
from tests.consent import factories as knowledge
from tests.forums.factories import forum, reply, thread
from tests.notifications.inbound.letters import arrives, mail

pytestmark = pytest.mark.django_db
FRONT = "mx.front.example"
QUOTED = """By night.

On Thu, 5 Nov 2026 at 10:15, The Network <network@localhost> wrote:
> How do you count?
> Amina
"""


@pytest.fixture(autouse=True)
def unhurried(monkeypatch):
    """Tests read and send by themselves."""
    monkeypatch.setattr("network.notifications.receivers._hasten", lambda: None)
    monkeypatch.setattr("network.notifications.inbound.intake.hasten", lambda: None)


@pytest.fixture
def writer(started):
    return people.community_member()


def too_often(*args, **kwargs):
    raise TooOften(60)


def kept_unread(content: bytes, to: str) -> IncomingMail:
    return intake.keep(content=content, recipient=to, envelope_from="a@post.example")


def address(of: Thread, who) -> str:
    return letterbox.reply_address(of.pk, people.viewer(who))


def proved(domain: str = "cast.example") -> dict[str, str]:
    return {"Authentication_Results": f"{FRONT}; dmarc=pass header.from={domain}"}


class TestReplying:
    def test_her_answer_stands_in_the_thread(self, started, writer):
        kept = arrives(mail(writer.email, address(started, writer), QUOTED), address(started, writer))
        post = Post.objects.get(thread=started, number=2)
        assert (kept.state, kept.ids["post"], kept.person) == (IncomingState.DONE, post.pk, writer)
        assert (post.author, post.origin, post.html) == (writer, Origin.MAIL, "<p>By night.</p>")
        assert "How do you count?" in post.folded
        assert kept.message_id == post.message_id

    def test_a_mail_that_tells_of_a_post_says_where_the_answer_goes(
        self, started, writer, work_off, smtp_server
    ):
        at_once = {("forums.reply", Channel.MAIL): Timing.AT_ONCE}
        notifications.choose(person_id=writer.pk, choices=at_once)
        reply(started, people.moderator(), "<p>With a lamp.</p>")
        OutgoingMail.objects.all().delete()
        work_off()
        OutgoingMail.objects.update(next_try_at=timezone.now())
        sending.send_due()
        [delivered] = [one for one in smtp_server.delivered if one.recipients == [writer.email]]
        told = str(delivered.message["Reply-To"])
        assert told == address(started, writer)
        assert len(told.partition("@")[0]) < 64
        assert delivered.sender.startswith("bounce+")
        assert "Answer this mail to reply" in delivered.message.get_body(["plain"]).get_content()
        arrives(mail(writer.email, told.upper()), told.upper())
        assert Post.objects.filter(thread=started, origin=Origin.MAIL, author=writer).exists()

    @pytest.mark.parametrize(
        "change", [lambda a: a.replace("reply+", "reply+a"), lambda a: a[:-20] + "aa" + a[-18:]]
    )
    def test_nobody_makes_an_address_up(self, started, writer, change):
        kept = arrives(mail(writer.email, "x"), change(address(started, writer)))
        assert (kept.state, kept.reason) == (IncomingState.IGNORED, IncomingReason.UNKNOWN_ADDRESS)

    def test_delivered_twice_it_is_posted_once(self, started, writer):
        content = mail(writer.email, "x", Message_ID="<one@post.example>")
        way = "Received: from {0} by b; Thu, 5 Nov 2026 10:00:00 +0000\r\n"
        first = arrives(way.format("a").encode() + content, address(started, writer))
        again = arrives(way.format("c").encode() + content, address(started, writer))
        assert first == again
        assert again.deliveries == 2
        assert Post.objects.filter(thread=started).count() == 2

    def test_files_come_along_as_far_as_uploads_may(self, started, writer, settings):
        message = EmailMessage()
        message["From"], message["Subject"], message["Message-ID"] = (
            writer.email,
            "Re: Crabs",
            "<f@post.example>",
        )
        message.set_content("The counts.")
        message.add_attachment(b"site,crabs\nLamu,12\n", "text", "csv", filename="counts.csv")
        message.add_attachment(b"MZ\x90\x00", "application", "octet-stream", filename="run.exe")
        arrives(message.as_bytes(), address(started, writer))
        files = PostFile.objects.filter(post__number=2).order_by("pk")
        assert [(file.name, bool(file.file)) for file in files] == [("counts.csv", True), ("run.exe", False)]

    def test_the_rest_is_for_its_author_and_moderators(self, started, writer, client):
        arrives(mail(writer.email, "x", QUOTED), address(started, writer))
        post = Post.objects.get(number=2)
        page = client.get(started.get_absolute_url()).content.decode()
        assert "How do you count?" not in page
        url = f"{post.get_absolute_url()}mail/"
        for who, status in ((writer, 200), (people.moderator(), 200), (people.member(), 403)):
            assert people.sign_in(Client(), who).get(url).status_code == status
        assert (
            "Whole mail" in people.sign_in(Client(), writer).get(started.get_absolute_url()).content.decode()
        )
        assert client.get(url).status_code == 403

    def test_a_worker_that_dies_in_the_middle_leaves_one_post(self, started, writer, monkeypatch):
        kept = kept_unread(mail(writer.email, "x"), address(started, writer))

        def dies(*args):
            raise KeyboardInterrupt

        with monkeypatch.context() as patched:
            patched.setattr(working, "settle", dies)
            with pytest.raises(KeyboardInterrupt):
                working.read_due()
        assert Post.objects.filter(thread=started).count() == 1
        assert working.read_due() == 0  # its lease has not run out
        IncomingMail.objects.update(next_try_at=timezone.now())
        assert working.read_due() == 1
        assert working.read_due() == 0
        kept.refresh_from_db()
        assert (kept.state, kept.attempts) == (IncomingState.DONE, 2)
        assert Post.objects.filter(thread=started).count() == 2

    def test_what_fails_is_tried_again_and_given_up_at_last(self, started, writer, monkeypatch):
        kept = kept_unread(mail(writer.email, "x"), address(started, writer))
        monkeypatch.setattr(working, "_judge", lambda parcel: 1 / 0)
        for _ in range(working.MAX_TRIES):
            IncomingMail.objects.update(next_try_at=timezone.now())
            working.read_due()
        kept.refresh_from_db()
        assert (kept.state, kept.error) == (IncomingState.FAILED, "ZeroDivisionError")
        monkeypatch.undo()
        client = people.sign_in(Client(), people.administrator())
        assert client.post(f"/inbox/incoming/{kept.pk}/retry/").status_code == 302
        working.read_due()
        kept.refresh_from_db()
        assert kept.state == IncomingState.DONE


class TestWhoseItIs:
    def test_from_somebody_else_it_waits_and_is_answered_once_a_day(self, started, writer, work_off):
        for number in range(3):
            content = mail("stranger@post.example", "x", Message_ID=f"<{number}@post.example>")
            kept = arrives(content, address(started, writer))
            work_off()
        assert (kept.state, kept.reason) == (IncomingState.WAITING, IncomingReason.WRONG_SENDER)
        assert Post.objects.filter(thread=started).count() == 1
        assert [letter.to for letter in outbox.outbox] == [["stranger@post.example"]]
        assert outbox.outbox[0].extra_headers["Auto-Submitted"] == "auto-replied"

    def test_moderators_see_it_and_have_her_asked(self, started, writer, work_off):
        kept = arrives(mail("stranger@post.example", "x", "By lamp light."), address(started, writer))
        work_off()
        moderator = people.sign_in(Client(), people.moderator())
        page = moderator.get("/moderation/").content.decode()
        assert "By lamp light." in page
        assert "stranger@post.example" in page
        assert Notification.objects.filter(kind="moderation.mail", recipient=people.moderator()).exists()
        url = f"/moderation/cases/mail/{kept.pk}/"
        assert people.sign_in(Client(), writer).post(url, {"decision": "ask"}).status_code == 404
        assert moderator.post(url, {"decision": "ask"}).status_code == 302
        kept.refresh_from_db()
        assert (kept.state, kept.person) == (IncomingState.ASKED, writer)
        notice = Notification.objects.get(kind="notifications.asked", recipient=writer)
        answer = people.sign_in(Client(), writer).get(f"/inbox/{notice.pk}/")
        asked = Client()
        page = asked.get(answer.url)
        assert "By lamp light." in page.content.decode()
        assert "no-store" in page["Cache-Control"]
        assert "in your name" in asked.post(answer.url, {"mine": "yes"}).content.decode()
        assert Post.objects.get(thread=started, number=2).author == writer
        assert asked.get(answer.url).status_code == 404

    def test_why_it_cannot_be_posted_is_told_to_her_and_not_to_who_sent_it(self, started, writer, work_off):
        kept = arrives(mail("stranger@post.example", "x"), address(started, writer))
        people.sign_in(Client(), people.moderator()).post(
            f"/moderation/cases/mail/{kept.pk}/", {"decision": "ask"}
        )
        work_off()
        outbox.outbox.clear()
        other = thread(started.forum, people.moderator(), "All about crabs")
        actions.merge(viewer=people.viewer(people.moderator()), thread=started, into=other, reason="")
        url = asking.address_of(kept, writer.pk)
        assert "All about crabs" in Client().post(url, {"mine": "yes"}).content.decode()
        work_off()
        assert [letter for letter in outbox.outbox if "stranger@post.example" in letter.to] == []

    def test_moderators_throw_it_away(self, started, writer):
        kept = arrives(mail("stranger@post.example", "x"), address(started, writer))
        client = people.sign_in(Client(), people.moderator())
        assert client.post(f"/moderation/cases/mail/{kept.pk}/", {"decision": "throw"}).status_code == 302
        kept.refresh_from_db()
        assert (kept.state, kept.reason) == (IncomingState.IGNORED, IncomingReason.DISCARDED)
        again = client.post(f"/moderation/cases/mail/{kept.pk}/", {"decision": "throw"}, follow=True)
        assert "Somebody has decided about this in the meantime." in again.content.decode()
        assert client.post("/moderation/cases/mail/999999/", {}).status_code == 404

    def test_what_the_mail_server_doubts_waits_for_her_word(self, started, writer, settings):
        settings.MAIL_IN_FRONT = FRONT
        doubted = {"Authentication_Results": f"{FRONT}; dmarc=fail header.from=cast.example"}
        kept = arrives(mail(writer.email, "x", **doubted), address(started, writer))
        assert (kept.state, kept.reason) == (IncomingState.ASKED, IncomingReason.FORGED)
        assert not Post.objects.filter(number=2).exists()

    def test_a_line_that_somebody_else_wrote_proves_and_disproves_nothing(self, started, writer, settings):
        settings.MAIL_IN_FRONT = FRONT
        others = {"Authentication_Results": "mx.elsewhere.example; dmarc=fail"}
        kept = arrives(mail(writer.email, "x", **others), address(started, writer))
        assert kept.state == IncomingState.DONE

    def test_answering_the_question_is_a_yes(self, started, writer, settings, work_off):
        settings.MAIL_IN_FRONT = FRONT
        doubted = {"Authentication_Results": f"{FRONT}; spf=fail smtp.mailfrom=cast.example"}
        kept = arrives(mail(writer.email, "x", **doubted), address(started, writer))
        question = addresses.make("confirm", kept.pk, writer.pk)
        other = arrives(mail("stranger@post.example", "x", "yes"), question)
        assert other.state == IncomingState.IGNORED
        answer = arrives(mail(writer.email, "x", "yes"), question)
        kept.refresh_from_db()
        assert (answer.state, kept.state) == (IncomingState.DONE, IncomingState.DONE)
        assert Post.objects.get(number=2).html == "<p>By night.</p>"

    def test_a_program_that_runs_wild_is_stopped(self, started, writer, monkeypatch):
        monkeypatch.setattr(letterbox, "limit", too_often)
        kept = arrives(mail(writer.email, "x"), address(started, writer))
        assert (kept.state, "in a short time" in kept.said) == (IncomingState.RETURNED, True)

    def test_whoever_left_the_community_gets_it_back(self, started, writer, work_off):
        actions_address = address(started, writer)
        Membership.objects.filter(user=writer).update(ended_at=timezone.now())
        kept = arrives(mail(writer.email, "x", "Still here."), actions_address)
        work_off()
        assert kept.state == IncomingState.RETURNED
        assert "Still here." in outbox.outbox[-1].body

    def test_a_suspended_person_writes_nothing(self, started, writer):
        there = address(started, writer)
        type(writer).objects.filter(pk=writer.pk).update(is_active=False)
        assert arrives(mail(writer.email, "x"), there).reason == IncomingReason.UNKNOWN_ADDRESS


class TestWhereItGoes:
    @pytest.fixture
    def returned(self, started, writer, work_off):
        def run(said: str, **more):
            kept = arrives(mail(writer.email, "x", "My careful words."), address(started, writer), **more)
            work_off()
            assert kept.state == IncomingState.RETURNED
            assert said in kept.said
            body = outbox.outbox[-1].body
            assert "My careful words." in body
            assert said in body
            assert Post.objects.filter(thread=started, number=2).first() is None

        return run

    def test_a_closed_forum_sends_it_back(self, started, returned):
        window(started.forum, closes=timedelta(hours=-2))
        returned("This forum closed on")

    def test_a_locked_thread_sends_it_back(self, started, returned):
        actions.lock(viewer=people.viewer(people.moderator()), thread=started, reason="Done.")
        returned("locked")

    def test_it_follows_a_thread_that_was_moved(self, started, writer, here):
        there = address(started, writer)
        elsewhere = forum(here, "Reefs")
        actions.move(viewer=people.viewer(people.moderator()), thread=started, forum=elsewhere, reason="")
        assert arrives(mail(writer.email, "x"), there).state == IncomingState.DONE
        assert Post.objects.get(number=2).thread.forum == elsewhere

    def test_it_does_not_follow_into_another_thread(self, started, writer, here, returned):
        other = thread(started.forum, people.moderator(), "All about crabs")
        actions.merge(viewer=people.viewer(people.moderator()), thread=started, into=other, reason="")
        returned("All about crabs")
        assert not Post.objects.filter(html__contains="careful").exists()

    def test_what_was_sent_before_the_close_counts(self, started, writer):
        window(started.forum, closes=timedelta(minutes=-1))
        before = timezone.now() - timedelta(minutes=2)
        kept = arrives(mail(writer.email, "x"), address(started, writer), received_at=before)
        assert kept.state == IncomingState.DONE
        assert Post.objects.get(number=2).written_at == kept.counts_at

    def test_the_hour_of_our_front_server_counts(self, started, writer, settings):
        settings.MAIL_IN_FRONT = FRONT
        window(started.forum, closes=timedelta(hours=-5))
        then = (timezone.now() - timedelta(hours=6)).strftime("%a, %d %b %Y %H:%M:%S +0000")
        for by, state in (("mx.elsewhere.example", IncomingState.RETURNED), (FRONT, IncomingState.DONE)):
            content = mail(
                writer.email, "x", Message_ID=f"<{by}>", Received=f"from a by {by} with ESMTP id 1; {then}"
            )
            assert arrives(content, address(started, writer)).state == state

    @pytest.mark.parametrize(("minutes", "state"), [(10, IncomingState.DONE), (40, IncomingState.RETURNED)])
    def test_her_own_clock_counts_within_the_tolerance(self, started, writer, minutes, state):
        window(started.forum, closes=timedelta(minutes=-5))
        sent = (timezone.now() - timedelta(minutes=minutes)).strftime("%a, %d %b %Y %H:%M:%S +0000")
        assert arrives(mail(writer.email, "x", Date=sent), address(started, writer)).state == state

    def test_nothing_but_a_quotation_comes_back(self, started, writer, work_off):
        kept = arrives(mail(writer.email, "x", "> How do you count?\n"), address(started, writer))
        assert (kept.state, kept.reason) == (IncomingState.RETURNED, IncomingReason.REFUSED)
        assert "no words of yours" in kept.said


def window(room: Forum, closes: timedelta) -> None:
    now = timezone.now()
    Forum.objects.filter(pk=room.pk).update(opens_at=now - timedelta(days=9), closes_at=now + closes)


class TestKnowledge:
    """What she quotes may have been released to her alone."""

    WORDS = (
        "The eels of the outer lagoon come in with the third moon, and nobody sets a trap before the fourth."
    )

    def test_a_quotation_of_sealed_words_is_not_kept(self, started, writer):
        sealed(self.WORDS)
        text = f"By night.\n\n> {self.WORDS}\n"
        message = EmailMessage()
        message["From"], message["Subject"] = writer.email, "Re: Crabs"
        message.set_content(text)
        message.add_attachment(self.WORDS.encode(), "text", "plain", filename="eels.txt")
        assert arrives(message.as_bytes(), address(started, writer)).state == IncomingState.DONE
        post = Post.objects.get(number=2)
        assert (post.html, post.folded, post.files.count()) == ("<p>By night.</p>", "", 0)

    def test_where_a_thread_holds_any_only_her_own_words_are_kept(self, started, writer):
        item = sealed(self.WORDS)
        Post.objects.filter(number=1).update(html=f"<p>{item.token('body')}</p>")
        arrives(mail(writer.email, "x", QUOTED), address(started, writer))
        assert Post.objects.get(number=2).folded == ""

    def test_words_of_her_own_that_copy_it_wait_for_its_holders(self, started, writer):
        sealed(self.WORDS)
        arrives(mail(writer.email, "x", self.WORDS), address(started, writer))
        post = Post.objects.get(thread=started, author=writer, origin=Origin.MAIL)
        assert post.state == PostState.HELD
        assert "eels" not in post.html + post.folded + post.excerpt

    def test_moderators_do_not_read_a_copy_in_a_mail_that_waits(self, started, writer):
        sealed(self.WORDS)
        arrives(mail("stranger@post.example", "x", self.WORDS), address(started, writer))
        page = people.sign_in(Client(), people.moderator()).get("/moderation/").content.decode()
        assert "eels" not in page
        assert "repeat sealed knowledge" in page


def sealed(words: str):
    return knowledge.item(knowledge.holder("Lagoon people"), title="On eels", text=words)


class TestStarting:
    @pytest.fixture
    def room(self, here, started):
        return started.forum

    def test_her_own_address_starts_a_thread(self, room, writer):
        there = letterbox.start_address(room, people.viewer(writer))
        kept = arrives(mail(writer.email, there, "Who has nets?", Subject="Nets for juveniles"), there)
        assert kept.state == IncomingState.DONE
        made = Thread.objects.get(title="Nets for juveniles")
        assert (made.author, made.forum, made.posts.get().origin) == (writer, room, Origin.MAIL)

    @pytest.mark.parametrize("subject", [" ", "Re:", "\u200b\u200e"])
    def test_without_a_subject_it_comes_back(self, room, writer, subject):
        there = letterbox.start_address(room, people.viewer(writer))
        kept = arrives(mail(writer.email, there, Subject=subject), there)
        assert (kept.state, "title" in kept.said) == (IncomingState.RETURNED, True)

    def test_the_public_address_wants_a_proof(self, room, writer, settings):
        settings.MAIL_IN_FRONT = FRONT
        there = letterbox.public_address(room)
        assert there == "mangroves.lagoons@mail.testserver"
        unproved = arrives(mail(writer.email, there, Subject="Unproved", Message_ID="<a@b>"), there)
        assert (unproved.state, unproved.reason) == (IncomingState.ASKED, IncomingReason.UNPROVEN)
        proved_mail = mail(writer.email, there, Subject="Proved", Message_ID="<c@b>", **proved())
        assert arrives(proved_mail, there).state == IncomingState.DONE
        forged = {"Authentication_Results": f"{FRONT}; dmarc=fail"}
        doubted = arrives(mail(writer.email, there, Message_ID="<d@b>", **forged), there)
        assert (doubted.state, doubted.reason) == (IncomingState.IGNORED, IncomingReason.FORGED)
        assert set(Thread.objects.values_list("title", flat=True)) == {"Crabs", "Proved"}

    def test_strangers_are_told_how_to_join_and_wait_for_moderators(self, room, work_off):
        """One polite answer a day, however much she writes; who is invited joins and sends it again."""
        there = letterbox.public_address(room)
        first, second = (
            arrives(mail("new@post.example", there, text, Message_ID=f"<{text}@b>"), there)
            for text in ("May I ask?", "Are you there?")
        )
        work_off()
        assert (first.state, first.reason) == (IncomingState.WAITING, IncomingReason.UNKNOWN_SENDER)
        answers = [one for one in outbox.outbox if one.to == ["new@post.example"]]
        assert len(answers) == 1
        assert "/communities/mangroves/" in answers[0].body
        moderator = people.sign_in(Client(), people.moderator())
        page = moderator.get("/moderation/?kind=mail").content.decode()
        assert "May I ask?" in page
        assert "Nobody here has this address" in page
        url = f"/moderation/cases/mail/{first.pk}/"
        assert moderator.post(url, {"decision": "ask"}).status_code in (404, 422)
        assert people.sign_in(Client(), people.expert()).post(url, {"decision": "invite"}).status_code == 404
        assert moderator.post(url, {"decision": "invite"}).status_code == 302
        thrown = moderator.post(f"/moderation/cases/mail/{second.pk}/", {"decision": "throw"})
        assert thrown.status_code == 302
        work_off()
        first.refresh_from_db()
        assert (first.state, first.reason) == (IncomingState.RETURNED, IncomingReason.INVITED)
        assert "invit" in outbox.outbox[-1].subject.lower()
        assert not Thread.objects.filter(title="Are you there?").exists()

    def test_who_may_not_invite_leaves_it(self, room, here):
        there = letterbox.public_address(room)
        kept = arrives(mail("new@post.example", there), there)
        here.joining = Joining.NOMINATION
        here.save()
        moderator = people.sign_in(Client(), people.moderator())
        url = f"/moderation/cases/mail/{kept.pk}/"
        answer = moderator.post(url, {"decision": "invite"}, follow=True)
        assert "You do not invite members" in answer.content.decode()
        kept.refresh_from_db()
        assert kept.state == IncomingState.WAITING

    def test_a_forum_that_strangers_do_not_read_has_no_public_address(self, room, here):
        assert lead_to("Mangroves.Lagoons@mail.testserver")
        here.visibility = Visibility.HIDDEN
        here.save()
        assert letterbox.public_address(room) == ""
        for local in ("mangroves.lagoons", f"c{here.pk}.f{room.pk}", "no.where", "", "a.b.c", "x" * 300):
            assert lead_to(f"{local}@mail.testserver") is None

    def test_an_address_in_another_script_is_made_of_numbers(self, here):
        room = Forum.objects.create(community=here, slug="湿地", title="湿地")
        there = letterbox.public_address(room)
        assert there == f"c{here.pk}.f{room.pk}@mail.testserver"

    def test_the_page_tells_each_her_own(self, room, writer, client):
        url = f"{room.get_absolute_url()}mail/"
        page = people.sign_in(client, writer).get(url)
        assert letterbox.start_address(room, people.viewer(writer)) in page.content.decode()
        assert "file+" not in page.content.decode()
        assert "no-store" in page["Cache-Control"]
        assert "file+" in people.sign_in(Client(), people.moderator()).get(url).content.decode()
        assert people.sign_in(Client(), people.member()).get(url).status_code == 403


class TestHandingIn:
    @pytest.fixture
    def there(self, started):
        return letterbox.file_address(started.forum, people.viewer(people.moderator()))

    def attached(self, author: str, subject: str = "Crabs of Lamu") -> bytes:
        inner = EmailMessage()
        inner["From"], inner["Subject"], inner["Date"] = author, subject, "Thu, 5 Nov 2026 10:00:00 +0300"
        inner.set_content("We counted them at new moon.")
        outer = EmailMessage()
        outer["From"], outer["Subject"], outer["Message-ID"] = (
            people.moderator().email,
            "Fwd",
            "<o@post.example>",
        )
        outer.set_content("See below.")
        outer.add_attachment(inner)
        return outer.as_bytes()

    @pytest.mark.parametrize("inline", [False, True])
    def test_it_waits_for_its_authors_word(self, inline, there, writer, work_off, client):
        content = self.attached(writer.email)
        if inline:
            content = mail(
                people.moderator().email,
                there,
                "See below.\n\n---------- Forwarded message ---------\n"
                f"From: Farida <{writer.email}>\nDate: Thu, 5 Nov 2026 at 10:00\nSubject: Crabs of Lamu\n"
                f"To: <{people.moderator().email}>\n\nWe counted them at new moon.\n",
            )
        kept = arrives(content, there)
        assert (kept.state, kept.reason, kept.person) == (IncomingState.ASKED, IncomingReason.FILED, writer)
        assert not Thread.objects.filter(title="Crabs of Lamu").exists()
        notice = Notification.objects.get(kind="notifications.asked", recipient=writer)
        url = people.sign_in(client, writer).get(f"/inbox/{notice.pk}/").url
        page = client.get(url).content.decode()
        assert "We counted them at new moon." in page
        assert "See below." not in page
        client.post(url, {"mine": "yes"})
        made = Thread.objects.get(title="Crabs of Lamu")
        assert (made.author, made.posts.get().html) == (writer, "<p>We counted them at new moon.</p>")

    def test_she_may_throw_it_away(self, there, writer, client):
        kept = arrives(self.attached(writer.email), there)
        notice = Notification.objects.get(kind="notifications.asked", recipient=writer)
        url = people.sign_in(client, writer).get(f"/inbox/{notice.pk}/").url
        assert "Nothing was posted" in client.post(url, {"mine": "no"}).content.decode()
        kept.refresh_from_db()
        assert kept.reason == IncomingReason.DISCARDED

    @pytest.mark.parametrize("author", ["nobody@post.example", "expert@cast.example"])
    def test_of_somebody_who_does_not_write_there_it_comes_back(self, there, author):
        people.expert()
        kept = arrives(self.attached(author), there)
        assert (kept.state, author in kept.said) == (IncomingState.RETURNED, True)

    def test_without_a_forwarded_mail_it_comes_back(self, there):
        kept = arrives(mail(people.moderator().email, there, "Nothing below."), there)
        assert "no forwarded mail" in kept.said

    def test_only_those_who_keep_the_forum_hand_in(self, started, writer):
        there = letterbox.file_address(started.forum, people.viewer(writer))
        content = mail(writer.email, there, "From: a <moderator@cast.example>\nSubject: x\n\ny")
        assert arrives(content, there).state == IncomingState.RETURNED


@pytest.mark.django_db(transaction=True)
def test_a_process_that_is_killed_leaves_nothing_half(started):
    """A real process, killed between the deed and the commit."""
    writer = people.community_member()
    there = letterbox.reply_address(started.pk, people.viewer(writer))
    kept = kept_unread(mail(writer.email, there), there)
    connections.close_all()
    child = os.fork()
    if not child:
        working.settle = lambda mail, verdict: os._exit(9)
        working.read_due()
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    assert Post.objects.filter(thread=started).count() == 1
    IncomingMail.objects.update(next_try_at=timezone.now())
    working.read_due()
    kept.refresh_from_db()
    assert kept.state == IncomingState.DONE
    assert Post.objects.filter(thread=started, state=PostState.PUBLISHED).count() == 2
