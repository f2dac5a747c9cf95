"""Mails as they should not be: each is posted, sent back or left aside, and none breaks anything."""

import time
from email.message import EmailMessage

import pytest
from django.core import mail as outbox

from communities.forums import letterbox
from communities.forums.models import Post, PostFile
from network.foundations.richtext import to_text
from network.notifications.enums import IncomingReason, IncomingState
from network.notifications.models import IncomingMail
from tests import people
from tests.communities.factories import belongs, community
from tests.forums.factories import forum, thread
from tests.notifications.inbound.letters import arrives, corpus, mail

pytestmark = pytest.mark.django_db
DONE, RETURNED, IGNORED = IncomingState.DONE, IncomingState.RETURNED, IncomingState.IGNORED


@pytest.fixture(autouse=True)
def unhurried(monkeypatch):
    monkeypatch.setattr("network.notifications.inbound.intake.hasten", lambda: None)


@pytest.fixture
def started():
    here = community("Mangroves", visibility="public")
    belongs(people.community_member(), here)
    return thread(forum(here, "Lagoons"), people.community_member(), "Crabs")


@pytest.fixture
def there(started):
    return letterbox.reply_address(started.pk, people.viewer(people.community_member()))


@pytest.fixture
def comes(there):
    """A mail of the corpus, from the person whose address it is sent to."""

    def run(name: str) -> IncomingMail:
        return arrives(corpus(f"{name}.eml", people.community_member().email, there), there)

    return run


@pytest.mark.parametrize(
    ("name", "state", "words"),
    [
        ("broken-mime", DONE, "By night."),
        ("boundary-missing", DONE, "By night."),
        ("eight-bit-headers", DONE, "Au café, la nuit."),
        ("unknown-8bit", DONE, "Ночью считаем крабов на отмели."),
        ("nul-bytes", DONE, "By night."),
        ("no-text", DONE, "…"),
        ("nothing-at-all", RETURNED, None),
        ("right-to-left", DONE, "نعدّ السرطانات ليلاً عند مدخل البحيرة."),
        ("long-message-id", DONE, "By night."),
        ("html-only-phone", DONE, "By night."),
        ("winmail", DONE, "By night, from Outlook."),
        ("winmail-endless", DONE, "By night."),
        ("zip-bomb", DONE, "By night."),
        ("crlf-smuggled", DONE, "By night."),
        ("two-senders", IGNORED, None),
    ],
)
def test_each_has_its_end(comes, name, state, words):
    begun = time.thread_time()
    kept = comes(name)
    assert (kept.state, kept.error) == (state, "")
    post = Post.objects.filter(number=2).first()
    if words is None:
        assert post is None
    else:
        assert to_text(post.html).startswith(words)
        assert "\x00" not in post.html
        assert "<script" not in post.html + post.folded
        assert "evil.example" not in post.html
    assert time.thread_time() - begun < 15


def test_nesting_without_end_is_left_aside_or_sent_back(comes):
    assert comes("deep").state in (RETURNED, IGNORED, DONE)


def test_what_a_list_wrote_into_the_head_is_not_believed(comes):
    kept = comes("sender-rewritten")
    assert (kept.sender, kept.state) == ("other@post.example", IncomingState.WAITING)


def test_files_in_winmail_are_taken_out(comes):
    comes("winmail")
    assert [(file.name, bool(file.file)) for file in PostFile.objects.all()] == [("counts.csv", True)]


@pytest.mark.parametrize(("name", "file"), [("zip-bomb", "b.odt"), ("winmail-endless", "winmail.dat")])
def test_a_file_that_is_a_trap_is_only_named(comes, name, file):
    comes(name)
    assert [(one.name, bool(one.file)) for one in PostFile.objects.all()] == [(file, False)]


def test_thirty_megabytes_are_taken_in_and_what_is_too_big_is_named(there):
    message = EmailMessage()
    message["From"], message["Subject"] = people.community_member().email, "Re: Crabs"
    message.set_content("By night.")
    message.add_attachment(b"%PDF-" + b"0" * 21 * 1024 * 1024, "application", "pdf", filename="big.pdf")
    kept = arrives(message.as_bytes(), there)
    assert kept.state == DONE
    assert kept.size > 28 * 1024 * 1024
    assert [(one.name, bool(one.file)) for one in PostFile.objects.all()] == [("big.pdf", False)]


def test_a_text_file_too_long_to_be_compared_is_named(there):
    message = EmailMessage()
    message["From"], message["Subject"] = people.community_member().email, "Re: Crabs"
    message.set_content("By night.")
    message.add_attachment(b"site,crabs\n" * 100_000, "text", "csv", filename="long.csv")
    arrives(message.as_bytes(), there)
    assert [(one.name, bool(one.file)) for one in PostFile.objects.all()] == [("long.csv", False)]


def test_a_mail_in_ten_thousand_names(there):
    many = ", ".join(f"p{number}@post.example" for number in range(10_000))
    raw = mail(people.community_member().email, "x").replace(b"To: x", f"To: {many}".encode(), 1)
    assert arrives(raw, there).state == DONE


def test_a_text_longer_than_any_post_comes_back(there, work_off):
    kept = arrives(mail(people.community_member().email, "x", "night " * 60_000), there)
    work_off()
    assert (kept.state, kept.reason) == (RETURNED, IncomingReason.UNREADABLE)
    assert "could not read" in outbox.outbox[-1].body


@pytest.mark.parametrize(
    "content", [b"", b"\x00" * 1000, b"no head at all", b"\r\n\r\n", b"From: \xff\xfe\n\n"]
)
def test_what_is_no_mail_is_left_aside(there, content):
    kept = arrives(content, there)
    assert (kept.state, kept.error) == (IGNORED, "")


@pytest.mark.parametrize("envelope", ["\x00a@b.c", "x" * 5000, "é@ü.example", None])
def test_any_envelope_is_written_down(there, envelope):
    assert arrives(mail(people.community_member().email, "x"), there, envelope_from=envelope).pk
