"""An old mailing list comes into a forum: a real-shaped mbox with everything that goes wrong in one."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from communities.forums.mailbox.files import Mbox
from communities.forums.models import Forum, Post, PostFile, Thread
from network.accounts.models import User
from network.notifications.inbound import wording
from network.notifications.inbound.charsets import header, to_text
from network.notifications.inbound.letters import plain_subject
from network.notifications.models import Notification
from network.outbox import actions as outbox
from tests import people
from tests.communities.factories import community
from tests.forums.factories import forum

pytestmark = pytest.mark.django_db
FILE = Path(__file__).parent / "wetlands.mbox"


@pytest.fixture
def room(settings, tmp_path) -> Forum:
    settings.VAR_DIR = tmp_path
    return forum(community("Wetlands"), "Archive")


def bring_in(file: Path = FILE, **options) -> str:
    out = StringIO()
    call_command("import_mailbox", str(file), community="wetlands", forum="archive", stdout=out, **options)
    return out.getvalue()


def texts(thread: Thread) -> list[str]:
    return list(thread.posts.order_by("number").values_list("html", flat=True))


def test_threads_come_in_by_reference_by_subject_and_by_a_missing_parent(room):
    bring_in()
    titles = {thread.title: thread.last_number for thread in Thread.objects.all()}
    assert titles == {
        "Counting birds at dusk": 7,
        "Лёд и птицы": 3,
        "湿地补水的最佳时间": 2,
        "水田の鳥": 1,
        "طيور الواحات": 1,
        "Sluices and eels": 2,
        "Turtles again": 3,
        "Proposal": 2,
    }


def test_every_charset_reads(room):
    bring_in()
    everything = " ".join(Post.objects.values_list("html", flat=True))
    for words in (
        "лёд на озере сошёл",
        "Чайки прилетели 12 марта",
        "На северном берегу всё как прежде",
        "請問哪个时间更合适",
        "建议推迟到六月",
        "白鳥が来ます",
        "caméra thermique",
        "تراجعت أعداد الطيور",
        "las dos torres sí coinciden",
        "14 nests",
    ):
        assert words in everything
    assert User.objects.get(email="olga@lake.example").name == "Ольга Петрова"


def test_own_words_stand_out_and_the_rest_is_folded(room):
    bring_in()
    first, second, third = Post.objects.filter(thread__title="Counting birds at dusk").order_by("number")[:3]
    assert "From the second tower" in first.html
    assert "The light goes before the birds have settled" in first.html
    assert "Coastal trust" in first.folded
    assert "Coastal trust" not in first.html
    assert "roosting" not in second.html
    assert "roosting" in second.folded
    assert third.html.count("<blockquote>") == 2
    assert "for one month and report" in third.html
    outlook = Post.objects.get(message_id="700@steppe.example")
    assert outlook.html == "<p>We have tortoises, and the same question.</p>"
    assert "none flooded" in outlook.folded
    html_only = Post.objects.get(message_id="400@marais.example")
    assert "<strong>caméra thermique</strong>" in html_only.html
    assert "alert" not in html_only.html + html_only.folded
    assert "roosting" in html_only.folded


def test_what_cannot_be_read_is_told_and_never_half_taken(room):
    report = bring_in()
    assert Post.objects.count() == 21
    assert "The first half" not in " ".join(Post.objects.values_list("html", flat=True))
    for reason in (
        "cut off in the middle",
        "no readable date",
        "no readable address",
        "no text",
        "no headers",
    ):
        assert reason in report
    assert "1 stood in the file twice" in report
    assert Post.objects.filter(html__contains="unlike some of us").exists()


def test_files_are_looked_into(room, client):
    report = bring_in()
    kept = PostFile.objects.exclude(file="").get()
    assert kept.name == "counts.csv"
    assert set(PostFile.objects.filter(file="").values_list("name", flat=True)) == {
        "viewer.exe",
        "winmail.dat",
        "forwarded message",
    }
    assert "viewer.exe" in report
    thread = Thread.objects.get(title="Counting birds at dusk")
    url = f"{thread.get_absolute_url()}files/{kept.pk}/"
    answer = client.get(url)
    assert b"".join(answer.streaming_content) == b"day,count\n1,120\n2,133\n"
    assert "attachment" in answer["Content-Disposition"]
    room.community.visibility = "members"
    room.community.save()
    assert client.get(url).status_code == 404


def test_it_is_safe_to_repeat(room):
    bring_in()
    before = list(Post.objects.order_by("pk").values_list("pk", "number", "html"))
    report = bring_in()
    assert list(Post.objects.order_by("pk").values_list("pk", "number", "html")) == before
    assert "Brought in 0 mails" in report
    assert "21 were here already" in report


def test_a_later_file_goes_on_where_the_first_ended(room, tmp_path):
    mbox = Mbox(FILE)
    head = b"From x@y.example Mon Mar  2 09:14:00 2009\n"
    first = tmp_path / "first.mbox"
    first.write_bytes(b"".join(head + raw for raw in list(mbox)[:2]))
    bring_in(first)
    assert Thread.objects.get().last_number == 2
    bring_in()
    assert Thread.objects.get(title="Counting birds at dusk").last_number == 7
    assert Post.objects.count() == 21


def test_a_dry_run_writes_nothing_and_tells_the_same(room):
    report = bring_in(dry_run=True)
    assert "Would bring in 21 mails in 8 new threads" in report
    assert not Post.objects.exists()
    assert not User.objects.exists()
    assert "Brought in 21 mails in 8 new threads" in bring_in()


def test_authors_can_be_claimed_and_nobody_is_told(room):
    bring_in()
    author = User.objects.get(email="aroha@coast.example")
    assert author.name == "Aroha Pene"
    assert not author.has_usable_password()
    outbox.work_off()
    assert not Notification.objects.exists()


def test_counts_and_dates_are_true(room, client):
    bring_in()
    room.refresh_from_db()
    assert (room.post_count, room.thread_count) == (21, 8)
    thread = Thread.objects.get(title="Counting birds at dusk")
    first = thread.posts.get(number=1)
    assert first.written_at.isoformat() == "2009-03-01T20:14:00+00:00"
    page = client.get(thread.get_absolute_url()).content.decode()
    assert "from the mailing list" in page
    assert "Quoted text and signature" in page


def test_an_existing_person_keeps_her_account(room):
    known = people.person("piet")
    User.objects.filter(pk=known.pk).update(email="Piet@polder.example", name="Piet de Wit")
    bring_in()
    assert Post.objects.filter(author=known).count() == 2


@pytest.mark.parametrize("options", [{"community": "none"}, {"forum": "none"}])
def test_a_wrong_place_is_told(room, options):
    with pytest.raises(CommandError):
        call_command("import_mailbox", str(FILE), **({"community": "wetlands", "forum": "archive"} | options))


def test_a_file_that_is_no_mbox_is_told(room, tmp_path):
    empty = tmp_path / "empty.mbox"
    empty.write_bytes(b"\x00\xff no mail")
    with pytest.raises(CommandError, match="holds no mail"):
        bring_in(empty)


@pytest.mark.parametrize(
    ("subject", "plain", "is_reply"),
    [
        ("Re: [List] Re: Birds", "Birds", True),
        ("RE[2]: Birds", "Birds", True),
        ("回复：湿地", "湿地", True),
        ("[List] Birds", "Birds", False),
        ("", "", False),
        ("Report: birds", "Report: birds", False),
    ],
)
def test_subjects(subject, plain, is_reply):
    assert plain_subject(subject) == (plain, is_reply)


def test_lines_that_a_program_broke_are_joined():
    filled = "A line that a program has broken because it was getting rather too\nlong for the screen.\nYours"
    assert "too long for the screen.<br>Yours" in wording.of_plain(filled).html
    listed = "- one thing that is as long as a whole line and a bit more than that\n- two"
    assert "<br>- two" in wording.of_plain(listed).html


@pytest.mark.parametrize("raw", [b"\xff\xfe\x00\x00", b"\x81\x8d\x8f\x90\x9d", b"", b"\x00abc"])
def test_no_bytes_break_the_reader(raw):
    assert "\x00" not in to_text(raw, "unknown-8bit")
    assert isinstance(header("=?utf-8?B?" + "A" * 7 + "?="), str)


SEALED = (
    "When the noddies of zqvanarx7 come home before noon and fly low, the canoes go above the second line."
)


def _letter(number: int, subject: str, body: str, attached: str = "") -> str:
    head = f"From a@list.example Mon Jan  5 10:0{number}:00 2015\nMessage-ID: <{number}@list.example>\n"
    head += f"From: Ana <ana@list.example>\nDate: Mon, 5 Jan 2015 10:0{number}:00 +0000\nSubject: {subject}\n"
    if not attached:
        return f"{head}\n{body}\n\n"
    return (
        f"{head}MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n"
        f"Content-Type: text/plain\n\n{body}\n--b\nContent-Type: text/csv\n"
        f"Content-Disposition: attachment; filename=zqvanarx7.csv\n\n{attached}\n--b--\n\n"
    )


def test_a_letter_that_repeats_sealed_knowledge_waits_and_leaves_nothing(room, tmp_path):
    from network.consent.models import Part
    from tests.consent.factories import holder, item

    made = item(holder(), text=SEALED)
    file = tmp_path / "old.mbox"
    file.write_text(
        _letter(1, "Birds", f"I heard this:\n\n{SEALED}\n")
        + _letter(2, SEALED, "See the subject.")
        + _letter(3, "Quoted", f"Thank you.\n\n> {SEALED}\n")
        + _letter(4, "Attached", "See the file.", f"day,said\n1,{SEALED}")
        + _letter(5, "Nothing", "Of our own.", "day,count\n1,2").replace("zqvanarx7", "counts")
    )
    report = bring_in(file)
    assert "4 repeat sealed knowledge" in report
    assert "zqvanarx7" not in report
    waiting = Post.objects.held()
    assert {post.html for post in waiting} == {f"<p>{made.token(f'held{n}')}</p>" for n in (1, 2, 3, 4)}
    assert Part.objects.copies().count() == 4
    for model in (Post, Thread, PostFile):
        assert "zqvanarx7" not in str(list(model.objects.values()))
    assert not [path for path in tmp_path.rglob("*") if "zqvanarx7" in path.name]
    assert PostFile.objects.count() == 1
    assert Post.objects.published().count() == 1
    assert "5 were here already" in bring_in(file)


def test_a_google_group_comes_in_as_takeout_gives_it(room):
    bring_in(FILE.parent / "google-groups.mbox")
    first, second = Thread.objects.order_by("created_at")
    # Google's own conversation counts: the second has a subject of its own, the last one an old subject.
    assert (first.title, first.last_number, second.last_number) == ("Seedlings in spring", 3, 1)
    posts = list(Post.objects.order_by("written_at"))
    assert [post.author.email.partition("@")[0] for post in posts] == ["aroha", "carlos", "mele", "mele"]
    assert posts[0].author.name == "Aroha Pene"
    assert "40&nbsp;cm after the winter, and the crabs leave them alone. What do you see?" in posts[0].html
    assert "<strong>half</strong>" in posts[2].html
    for post in posts:
        for words in ("You received", "Has recibido", "unsubscribe", "--"):
            assert words not in post.html
        assert "You received" in post.folded or "Has recibido" in post.folded
    assert "Laguna Verde" in posts[1].html
