"""A community is taken out whole, and its mails come in again as they were."""

import io
import json
import zipfile
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communities.enums import MemberRole
from communities.forums import actions
from communities.forums.models import Post, PostFile, Thread
from communities.models import Membership
from network.foundations import richtext
from tests import people
from tests.communities.factories import belongs, community
from tests.consent import factories as knowledge
from tests.forums.factories import forum, reply, thread

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk(settings, tmp_path):
    settings.VAR_DIR = tmp_path / "var"
    here = community()
    belongs(people.community_member(), here)
    belongs(people.moderator(), here, MemberRole.MODERATOR)
    belongs(people.facilitator(), here, MemberRole.FACILITATOR)
    started = thread(forum(here), people.community_member(), "Re: [list] Crabs", "<p>From here on</p>")
    reply(started, people.moderator(), "<p>湿地 &amp; <strong>tides</strong></p>")
    return started


def export(talk, to) -> None:
    call_command("export_community", talk.forum.community.slug, to=to, stdout=StringIO())


def lines(path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_everything_is_in_it(talk, tmp_path):
    hidden = reply(talk, people.community_member(), "<p>Rude.</p>")
    actions.hide(viewer=people.viewer(people.moderator()), post=hidden, reason="r")
    kept = PostFile(post=talk.posts.get(number=1), name="count.txt", size=4)
    kept.file.save("count.txt", ContentFile(b"four"), save=True)
    to = tmp_path / "out"
    export(talk, to)
    assert json.loads((to / "community.json").read_text())["slug"] == "mangroves"
    posts = lines(to / "posts.jsonl")
    assert [post["state"] for post in posts] == ["published", "published", "hidden"]
    assert {one["role"] for one in lines(to / "members.jsonl")} == {"member", "moderator", "facilitator"}
    assert people.community_member().email in (to / "people.jsonl").read_text()
    assert (to / f"files/{kept.pk}-count.txt").read_bytes() == b"four"
    assert "Rude." not in (to / "general.mbox").read_text()
    assert to.stat().st_mode & 0o077 == 0


def test_reactions_and_who_reacted_are_in_the_copy(talk, tmp_path):
    fan = people.person("fan")
    belongs(fan, talk.forum.community)
    actions.react(viewer=people.viewer(fan), post=talk.posts.get(number=1), kind="thanks")
    Membership.objects.filter(user=fan).delete()
    to = tmp_path / "copy"
    export(talk, to)
    [row] = lines(to / "reactions.jsonl")
    assert (row["user"], row["kind"]) == (fan.pk, "thanks")
    assert fan.pk in [one["id"] for one in lines(to / "people.jsonl")]


def test_an_export_overwrites_nothing(talk, tmp_path):
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "mine.txt").write_text("mine")
    with pytest.raises(CommandError, match="not empty"):
        export(talk, tmp_path / "there")
    with pytest.raises(CommandError, match="no community"):
        call_command("export_community", "nowhere", to=tmp_path / "x")


def test_knowledge_stays_a_token(talk, tmp_path):
    item = knowledge.item(knowledge.holder(), text="Where the crabs moult")
    token = f"[[tk:{item.pk}:body]]"
    Post.objects.filter(thread=talk, number=2).update(html=f"<p>{token}</p>")
    export(talk, tmp_path / "out")
    everything = b"".join(path.read_bytes() for path in (tmp_path / "out").iterdir() if path.is_file())
    assert token.encode() in everything
    assert b"crabs moult" not in everything


def brought_back(talk, to) -> list[tuple]:
    export(talk, to)
    again = community("Again")
    forum(again, "Archive")
    Post.objects.update(message_id=None)
    call_command(
        "import_mailbox", str(to / "general.mbox"), community="again", forum="archive", stdout=StringIO()
    )
    return told(again)


def told(here) -> list[tuple]:
    threads = Thread.objects.filter(forum__community=here).order_by("created_at", "pk")
    return [
        (one.title, [_post(post) for post in one.posts.published().order_by("number")]) for one in threads
    ]


def _post(post: Post) -> tuple:
    return post.number, post.html, post.folded, post.author_id, post.written_at.replace(microsecond=0)


def test_mails_come_in_again_as_they_were(talk, tmp_path):
    Post.objects.filter(thread=talk, number=2).update(folded="<p>On Monday she wrote:</p>")
    thread(talk.forum, people.moderator(), "Second")
    Thread.objects.update(created_at=datetime(2025, 1, 1, tzinfo=UTC))
    before = told(talk.forum.community)
    assert brought_back(talk, tmp_path / "out") == before


words = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029"), max_size=60
)
paragraph = st.builds(lambda text: f"<p>{text.replace('<', '').replace('&', '')}</p>", words)
bodies = st.lists(
    st.one_of(paragraph, st.just("<ul><li>one</li></ul>"), st.just("<p>From now on</p>")),
    min_size=1,
    max_size=4,
)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(bodies, min_size=1, max_size=4), words)
def test_whatever_mail_can_hold_survives_the_round_trip(tmp_path_factory, settings, written, title):
    with transaction.atomic():
        settings.VAR_DIR = tmp_path_factory.mktemp("var")
        here = community("Home")
        belongs(people.community_member(), here)
        room = forum(here)
        texts = [richtext.clean("".join(parts)) for parts in written]
        texts = [text for text in texts if not richtext.is_empty(text)] or ["<p>x</p>"]
        named = " ".join(title.split())[:100] or "t"
        started = thread(room, people.community_member(), named, texts[0])
        for text in texts[1:]:
            reply(started, people.community_member(), text)
        before = told(here)
        assert brought_back(started, tmp_path_factory.mktemp("out") / "x") == before
        transaction.set_rollback(True)


def test_those_who_look_after_it_download_what_they_may_read(client, talk):
    hidden = reply(talk, people.community_member(), "<p>Rude.</p>")
    actions.hide(viewer=people.viewer(people.moderator()), post=hidden, reason="r")
    address = f"{talk.forum.community.get_absolute_url()}forums/export/"
    for who, sees in ((people.facilitator(), False), (people.moderator(), True)):
        people.sign_in(client, who)
        assert client.get(address).status_code == 200
        answer = client.post(address)
        assert answer["Content-Type"] == "application/zip"
        assert "no-store" in answer["Cache-Control"]
        archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
        assert archive.testzip() is None
        posts = archive.read("posts.jsonl").decode()
        assert ("Rude." in posts) is sees
        everything = b"".join(archive.read(name) for name in archive.namelist())
        assert b"@cast.example" not in everything


def test_others_do_not(client, talk):
    address = f"{talk.forum.community.get_absolute_url()}forums/export/"
    people.sign_in(client, people.community_member())
    assert client.post(address).status_code == 403
    people.sign_in(client, people.stranger())
    assert client.post(address).status_code == 302
