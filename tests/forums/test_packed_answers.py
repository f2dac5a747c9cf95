"""Answers to a forum that was taken along: one mail, several posts, each once; the rest comes back."""

import re
from email.message import EmailMessage

import pytest
from django.core import mail as outbox
from hypothesis import given
from hypothesis import strategies as st

from communities.forums import actions, suitcase
from communities.forums.enums import Origin
from communities.forums.models import Post
from communities.forums.packed_answers import Answer, read
from communities.forums.suitcase import Wish, pack
from network.notifications.enums import IncomingReason, IncomingState
from network.outbox.actions import work_off
from tests import people
from tests.communities.factories import belongs
from tests.forums.factories import forum, thread
from tests.notifications.inbound.letters import arrives, mail

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def unhurried(monkeypatch):
    monkeypatch.setattr("network.notifications.inbound.intake.hasten", lambda: None)


@pytest.fixture
def reader(started):
    found = people.expert()
    belongs(found, started.forum.community)
    return found


@pytest.fixture
def second(started):
    return thread(started.forum, people.moderator(), "Shrimps")


@pytest.fixture
def there(started, reader):
    return suitcase.address(started.forum, people.viewer(reader))


def posts_by(who) -> list[tuple[str, str]]:
    found = Post.objects.filter(author=who).order_by("thread", "number")
    return [(post.thread.title, post.html) for post in found]


def written(*answers: tuple[int, str], above: str = "") -> str:
    return above + "".join(f"[#{pk}]\n{words}\n\n" for pk, words in answers)


def returned(to) -> list:
    outbox.outbox.clear()
    while work_off():
        pass
    return [one for one in outbox.outbox if one.to == [to.email]]


class TestTheSuitcase:
    def test_it_says_how_to_answer_and_where(self, started, second, reader):
        packed = pack(people.viewer(reader), Wish(started.forum), exit="text").text
        [told] = re.findall(r"suitcase\+\w+@\S+(?=\.\s)", " ".join(packed.split()))
        assert len(told.partition("@")[0]) <= 64
        assert packed.index("Crabs") < packed.index(f"[#{started.pk}]\n") < packed.index("Shrimps")
        assert f"[#{second.pk}]\n" in packed

    def test_a_thread_that_takes_nothing_has_no_place_for_an_answer(self, started, reader):
        actions.lock(viewer=people.viewer(people.moderator()), thread=started, reason="Done.")
        packed = pack(people.viewer(reader), Wish(started.forum), exit="text").text
        assert f"[#{started.pk}]\n" not in packed

    def test_sent_back_as_a_file_with_answers_in_it(self, started, second, reader, there):
        packed = pack(people.viewer(reader), Wish(started.forum), exit="text").text
        filled = packed.replace(f"[#{started.pk}]\n\n", f"[#{started.pk}]\n\nBy night.\n\nWith a lamp.\n")
        filled = filled.replace(f"[#{second.pk}]\n\n", f"[#{second.pk}]\nBy day.\n")
        message = EmailMessage()
        message["From"], message["Subject"], message["Message-ID"] = (
            reader.email,
            "Answers",
            "<f@post.example>",
        )
        message.set_content("\n")
        message.add_attachment(filled.encode(), "text", "plain", filename="forum-1.txt")
        kept = arrives(message.as_bytes(), there)
        assert (kept.state, kept.said) == (IncomingState.DONE, "")
        assert posts_by(reader) == [
            ("Crabs", "<p>By night.</p><p>With a lamp.</p>"),
            ("Shrimps", "<p>By day.</p>"),
        ]


class TestSeveralAnswers:
    def test_each_becomes_a_post_by_mail(self, started, second, reader, there):
        text = written((second.pk, "By day."), (started.pk, "By night.\n\nOften."))
        kept = arrives(mail(reader.email, there, f"{text}-- \nFarida"), there)
        assert (kept.state, kept.reason) == (IncomingState.DONE, IncomingReason.POSTED)
        assert posts_by(reader) == [("Crabs", "<p>By night.</p><p>Often.</p>"), ("Shrimps", "<p>By day.</p>")]
        assert {post.origin for post in Post.objects.filter(author=reader)} == {Origin.MAIL}

    @pytest.mark.parametrize(
        "line", ["[#%s] By night.", "［＃%s］By night.", " [ # %s ]  By night.", "[#%s] Crabs\nBy night."]
    )
    def test_the_line_may_be_written_by_hand(self, started, reader, there, line):
        arrives(mail(reader.email, there, line % started.pk), there)
        assert posts_by(reader) == [("Crabs", "<p>By night.</p>")]

    def test_sent_again_with_more_only_what_is_new_is_posted(self, started, second, reader, there):
        arrives(mail(reader.email, there, written((started.pk, "By night."))), there)
        arrives(mail(reader.email, there, written((started.pk, "By night."), (second.pk, "By day."))), there)
        assert [title for title, _html in posts_by(reader)] == ["Crabs", "Shrimps"]

    def test_a_worker_that_dies_in_the_middle_leaves_each_once(
        self, started, second, reader, there, monkeypatch
    ):
        from django.utils import timezone

        from network.notifications.inbound import intake, working
        from network.notifications.models import IncomingMail

        text = written((started.pk, "By night."), (second.pk, "By day."))
        intake.keep(content=mail(reader.email, there, text), recipient=there, envelope_from="a@b.example")
        with monkeypatch.context() as patched:
            patched.setattr(working, "settle", lambda *args: 1 / 0)
            working.read_due()
        assert posts_by(reader) == []
        IncomingMail.objects.update(next_try_at=timezone.now())
        assert working.read_due() == 1
        assert len(posts_by(reader)) == 2

    def test_what_cannot_be_posted_comes_back_with_its_words(self, started, second, reader, there):
        actions.lock(viewer=people.viewer(people.moderator()), thread=second, reason="Done.")
        text = written(
            (started.pk, "By night."), (second.pk, "By day."), (10**9, "Nowhere."), above="Dear all,\n\n"
        )
        kept = arrives(mail(reader.email, there, text), there)
        assert kept.state == IncomingState.DONE
        assert [title for title, _html in posts_by(reader)] == ["Crabs"]
        [told] = returned(reader)
        assert told.subject == "Not all of your mail was posted"
        assert "1 of your answers was posted" in told.body
        for words in ("By day.", "Nowhere.", "Dear all,", f"[#{second.pk}]"):
            assert words in told.body
        assert "By night." not in told.body.partition("This is what you wrote")[2]

    def test_where_none_is_posted_all_of_it_comes_back(self, second, reader, there):
        actions.lock(viewer=people.viewer(people.moderator()), thread=second, reason="Done.")
        kept = arrives(mail(reader.email, there, written((second.pk, "By day."))), there)
        assert (kept.state, kept.reason) == (IncomingState.RETURNED, IncomingReason.REFUSED)
        assert "By day." in returned(reader)[0].body

    def test_without_a_number_nobody_guesses_where_it_belongs(self, started, reader, there):
        kept = arrives(mail(reader.email, there, "By night."), there)
        assert kept.state == IncomingState.RETURNED
        assert "[#17]" in kept.said
        assert posts_by(reader) == []

    def test_other_communities_and_hidden_threads_are_out_of_reach(self, reader, there):
        from tests.communities.factories import community

        elsewhere = community("Peatlands")
        belongs(people.moderator(), elsewhere)
        belongs(reader, elsewhere)
        other = thread(forum(elsewhere, "Bogs"), people.moderator(), "Moss")
        kept = arrives(mail(reader.email, there, written((other.pk, "Wet."))), there)
        assert kept.state == IncomingState.RETURNED
        assert posts_by(reader) == []

    def test_files_do_not_come_along_and_she_is_told(self, started, reader, there):
        message = EmailMessage()
        message["From"], message["Subject"], message["Message-ID"] = reader.email, "x", "<g@post.example>"
        message.set_content(written((started.pk, "By night.")))
        message.add_attachment(b"%PDF-1.4", "application", "pdf", filename="plan.pdf")
        kept = arrives(message.as_bytes(), there)
        assert (kept.state, len(posts_by(reader))) == (IncomingState.DONE, 1)
        assert "plan.pdf" in kept.said


class TestWhoAnswers:
    def test_nobody_by_the_address_of_somebody_else(self, started, there):
        kept = arrives(mail(people.moderator().email, there, written((started.pk, "By night."))), there)
        assert (kept.state, kept.reason) == (IncomingState.RETURNED, IncomingReason.WRONG_SENDER)
        assert Post.objects.filter(thread=started).count() == 1

    def test_not_who_has_left(self, started, reader, there):
        from django.utils import timezone

        started.forum.community.memberships.filter(user=reader).update(ended_at=timezone.now())
        kept = arrives(mail(reader.email, there, written((started.pk, "By night."))), there)
        assert (kept.state, posts_by(reader)) == (IncomingState.RETURNED, [])


words = (
    st.text(st.characters(codec="utf-8", exclude_characters="[［【\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029=-"))
    .map(str.strip)
    .filter(bool)
)


@given(st.lists(st.tuples(st.integers(1, 10**12), words), max_size=6))
def test_whatever_is_written_under_a_number_is_read_back(pairs):
    found = read("".join(f"[#{pk}]\n{text}\n" for pk, text in pairs)).answers
    assert found == [Answer(pk, text) for pk, text in pairs]
