"""A community is taken out and brought in again: nothing is lost, and twice is once."""

import json
import zipfile
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from communities import actions as actions_of_community
from communities.enums import Capacity, MemberRole
from communities.forums import actions
from communities.forums.consultations.contributors import has_contributed
from communities.forums.counters import differences
from communities.forums.enums import ForumKind, ReactionKind
from communities.forums.exporting import Copy, parts
from communities.forums.models import (
    Bookmark,
    Forum,
    Post,
    PostFile,
    Reaction,
    Sentence,
    Summary,
    SummarySection,
    Tag,
    Thread,
)
from communities.models import Community, Mandate, Membership
from network.accounts.models import User
from network.foundations.viewer import Viewer
from network.thesaurus.models import Domain, Term
from tests import people
from tests.communities.factories import belongs, community
from tests.consent import factories as knowledge
from tests.forums.factories import forum, reply, thread

pytestmark = pytest.mark.django_db

#: What a number of the copy names, by the key under which it stands.
_PEOPLE = {"user", "author", "author_id", "actor", "by", "added_by", "written_by", "created_by", "ended_by"}
_PEOPLE |= {"added_by", "answered_by", "answered_for", "withdrawn_by", "withdrawn_for", "published_by"}
_THREADS = {"thread", "thread_id", "merged_into", "other"}
_POSTS = {"post", "post_id", "answer"}
_FORUMS = {"forum", "from_forum"}


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.VAR_DIR = tmp_path / "var"


def here() -> Community:
    made = community()
    belongs(people.community_member(), made)
    belongs(people.moderator(), made, MemberRole.MODERATOR)
    belongs(people.facilitator(), made, MemberRole.FACILITATOR)
    return made


def take(of: Community, to) -> Any:
    call_command("export_community", of.slug, to=to, stdout=StringIO())
    return to


def bring(copy, **options: Any) -> str:
    told = StringIO()
    call_command("import_community", str(copy), stdout=told, **options)
    return told.getvalue()


def told(of: Community) -> dict[str, list]:
    """A whole copy without numbers that a database gives: each row by what it is about, in one order."""
    files = {name: b"".join(content) for name, content in parts(Copy(of))}
    rows = {
        name.removesuffix(".jsonl"): [json.loads(line) for line in content.splitlines()]
        for name, content in files.items()
        if name.endswith(".jsonl")
    }
    names = {
        "people": {row["id"]: row["address"] for row in rows["people"]},
        "forums": {row["id"]: row["slug"] for row in rows["forums"]},
        "questions": {row["id"]: row["title"] for row in rows["questions"]},
        "threads": {row["id"]: [row["title"], row["created_at"]] for row in rows["threads"]},
        "posts": {row["id"]: row["message_id"] for row in rows["posts"]},
        "polls": {row["id"]: row["question"] for row in rows["polls"]},
        "mandates": {row["id"]: [row["whom"], row["asked_at"]] for row in rows["mandates"]},
    }
    plain = {
        kind: sorted((_named(row, names, kind) for row in found), key=json.dumps)
        for kind, found in rows.items()
    }
    plain["contents"] = sorted(
        content.decode() for name, content in files.items() if name.startswith(("files/", "resources/"))
    )
    return plain | {"community": [json.loads(files["community.json"])]}


def _named(row: dict, names: dict[str, dict], kind: str) -> dict:
    by = dict.fromkeys(_PEOPLE, "people") | dict.fromkeys(_THREADS, "threads")
    by |= dict.fromkeys(_POSTS, "posts") | dict.fromkeys(_FORUMS, "forums")
    by |= {"question": "questions", "mandate": "mandates", "id": kind}
    plain: dict[str, Any] = {}
    for key, value in row.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            # A file has its number in its path; what it is called and holds is compared.
            plain[key] = [_named({k: v for k, v in one.items() if k != "path"}, names, "") for one in value]
        elif key == "question" and isinstance(value, str):
            plain[key] = value
        elif key in by and value is not None:
            plain[key] = names.get(by[key], {}).get(value)
        elif key != "path":
            plain[key] = value
    return plain


def gone(of: Community) -> None:
    Thread.objects.filter(forum__community=of).update(answer=None, merged_into=None)
    of.delete()


def test_reactions_tags_and_who_said_it_come_back(tmp_path):
    home = here()
    started = thread(forum(home), people.community_member(), "How to count crabs")
    actions.tag(viewer=people.viewer(people.community_member()), thread=started, names=["Crabs", "mangrove"])
    answered = reply(started, people.moderator())
    for kind in ("agree", "thanks"):
        actions.react(viewer=people.viewer(people.community_member()), post=answered, kind=kind)
    copy = take(home, tmp_path / "copy")
    gone(home)
    assert "2 posts in 1 new threads" in bring(copy)
    [back] = Thread.objects.all()
    assert back.tag_line == [["crabs", "Crabs"], ["mangrove", "mangrove"]]
    assert sorted(back.tags.values_list("name", flat=True)) == ["Crabs", "mangrove"]
    post = back.posts.get(number=2)
    assert post.reactions == {"agree": 1, "thanks": 1}
    assert {row.user for row in Reaction.objects.filter(post=post)} == {people.community_member()}
    assert list(differences()) == []


def test_twice_is_once_and_what_is_here_stays_as_it_is(tmp_path):
    home = here()
    started = thread(forum(home), people.community_member())
    answered = reply(started, people.moderator())
    actions.react(viewer=people.viewer(people.community_member()), post=answered, kind="agree")
    copy = take(home, tmp_path / "copy")
    gone(home)
    bring(copy)
    again = Post.objects.get(number=2)
    actions.take_reaction_back(viewer=people.viewer(people.community_member()), post=again, kind="agree")
    before = told(Community.objects.get())
    assert "2 posts were here already" in bring(copy)
    assert told(Community.objects.get()) == before
    assert Reaction.objects.count() == 0


def test_a_copy_of_what_still_stands_here_adds_nothing(tmp_path):
    home = here()
    thread(forum(home), people.community_member())
    copy = take(home, tmp_path / "copy")
    before = told(home)
    assert "Brought in 0 posts in 0 new threads and 0 new forums" in bring(copy)
    assert told(home) == before
    assert "its posts stand in another community" in bring(copy, community="elsewhere")


def test_what_broke_off_goes_on_and_new_posts_find_their_thread(tmp_path):
    home = here()
    started = thread(forum(home), people.community_member())
    reply(started, people.moderator())
    copy = take(home, tmp_path / "copy")
    whole = told(home)
    gone(home)
    lines = (copy / "posts.jsonl").read_text().splitlines()
    (copy / "posts.jsonl").write_text(lines[0] + "\n")
    bring(copy)
    (copy / "posts.jsonl").write_text("\n".join(lines) + "\n")
    assert "Brought in 1 posts in 0 new threads" in bring(copy)
    assert told(Community.objects.get()) == whole
    assert list(differences()) == []


def test_nobody_is_given_a_mandate_by_a_file_where_the_community_is_here(tmp_path):
    home = here()
    started = thread(forum(home), people.community_member())
    speak(forum(home, "Other"), started, people.viewer(people.community_member()), 1)
    copy = take(home, tmp_path / "copy")
    gone(home)
    assert Mandate.objects.count() == 0
    community()
    bring(copy)
    post = Post.objects.get(number=2)
    assert (Mandate.objects.count(), post.mandate, post.mandate_state) == (0, None, "")
    gone(Community.objects.get())
    bring(copy)
    assert Post.objects.get(number=2).spoken == "for the Government of " + Mandate.objects.get().country.name


def test_a_dry_run_writes_nothing(tmp_path, settings):
    home = here()
    started = thread(forum(home), people.community_member())
    kept = PostFile(post=started.posts.get(), name="count.txt", size=4)
    kept.file.save("count.txt", ContentFile(b"four"), save=True)
    copy = take(home, tmp_path / "copy")
    gone(home)
    kept.file.storage.delete(kept.file.name)
    assert "Would bring in 1 posts" in bring(copy, dry_run=True)
    assert not Community.objects.exists()
    assert not [one for one in (settings.VAR_DIR / "forum_files").rglob("*") if one.is_file()]
    assert "1 files" in bring(copy)


def test_people_without_an_account_come_in_without_a_password(tmp_path):
    home = here()
    guest = people.person("guest")
    belongs(guest, home)
    thread(forum(home), guest)
    copy = take(home, tmp_path / "copy")
    gone(home)
    User.objects.filter(pk=guest.pk).delete()
    bring(copy)
    back = User.objects.get(email=guest.email)
    assert not back.has_usable_password()
    assert Post.objects.get().author == back
    assert Membership.objects.filter(user=back, ended_at=None).exists()


def test_the_zip_of_a_facilitator_comes_in_as_well(client, tmp_path):
    home = here()
    started = thread(forum(home), people.community_member())
    hidden = reply(started, people.community_member(), "<p>Rude.</p>")
    actions.hide(viewer=people.viewer(people.moderator()), post=hidden, reason="r")
    people.sign_in(client, people.moderator())
    answer = client.post(f"{home.get_absolute_url()}forums/export/")
    packed = tmp_path / "copy.zip"
    packed.write_bytes(b"".join(answer.streaming_content))
    gone(home)
    assert "2 posts" in bring(packed)
    post = Post.objects.get(number=2)
    assert (post.state, post.author.email.endswith(".invalid")) == ("hidden", True)
    assert list(differences()) == []


def test_what_no_thread_can_be_is_told_and_nothing_of_it_comes_in(tmp_path):
    home = here()
    room = forum(home)
    for title in ("Sound", "Scripted", "Broken", "Doubled"):
        reply(thread(room, people.community_member(), title), people.moderator())
    copy = take(home, tmp_path / "copy")
    gone(home)
    posts = [json.loads(line) for line in (copy / "posts.jsonl").read_text().splitlines()]
    posts[2]["html"] = "<p>Hello<script>alert(1)</script></p><p onclick='x()'>again</p>"
    posts[5]["state"] = "nonsense"
    posts[7]["number"] = 1
    (copy / "posts.jsonl").write_text("\n".join(map(json.dumps, posts)) + "\n{broken\n")
    said = bring(copy)
    assert "Rejected (3)" in said
    assert sorted(Thread.objects.values_list("title", flat=True)) == ["Scripted", "Sound"]
    assert "script" not in Post.objects.get(thread__title="Scripted", number=1).html
    assert "onclick" not in Post.objects.get(thread__title="Scripted", number=1).html
    assert list(differences()) == []


def test_sealed_words_come_in_by_no_copy(tmp_path):
    words = "Where the river bends the old women set the baskets on the third night after the new moon"
    home = here()
    room = forum(home)
    thread(room, people.community_member(), "Open", f"<p>{words}</p>")
    thread(room, people.community_member(), "Other")
    copy = take(home, tmp_path / "copy")
    gone(home)
    knowledge.item(knowledge.holder(), text=words)
    assert "knowledge that its holders keep" in bring(copy)
    assert [one.title for one in Thread.objects.all()] == ["Other"]


def test_a_file_outside_the_copy_is_never_read(tmp_path):
    home = here()
    started = thread(forum(home), people.community_member())
    kept = PostFile(post=started.posts.get(), name="count.txt", size=4)
    kept.file.save("count.txt", ContentFile(b"four"), save=True)
    copy = take(home, tmp_path / "copy")
    gone(home)
    (tmp_path / "secret.txt").write_text("secret")
    row = json.loads((copy / "posts.jsonl").read_text())
    row["files"][0]["path"] = "../secret.txt"
    (copy / "posts.jsonl").write_text(json.dumps(row) + "\n")
    assert "Files left out (1)" in bring(copy)
    assert PostFile.objects.get().size == 0


def test_a_zip_writes_nowhere_but_where_it_is_unpacked(tmp_path):
    packed = tmp_path / "copy.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("../../evil.txt", "x")
        archive.writestr("/evil.txt", "x")
    with pytest.raises(CommandError, match=r"no community\.json"):
        bring(packed)
    assert not list(tmp_path.parent.glob("evil.txt"))


@pytest.mark.parametrize("content", ["", "[]", "{", '{"slug": "open"}', '{"slug": "a", "visibility": "x"}'])
def test_what_is_no_copy_is_refused(tmp_path, content):
    (tmp_path / "community.json").write_text(content)
    with pytest.raises(CommandError):
        bring(tmp_path)
    assert not Community.objects.exists()


def test_votes_come_back_without_who_cast_them_and_nobody_votes_twice(tmp_path):
    home = here()
    member = people.viewer(people.community_member())
    started = thread(forum(home), people.community_member())
    poll = actions.ask(viewer=member, thread=started, question="q?", options=["a", "b", "c"], most=2)
    actions.vote(viewer=member, poll=poll, choices=[0, 2])
    actions.vote(viewer=people.viewer(people.moderator()), poll=poll, choices=[2])
    copy = take(home, tmp_path / "copy")
    gone(home)
    bring(copy)
    back = Post.objects.get(number=1).poll
    assert (back.voters, back.tallies, back.is_closed) == (2, [1, 0, 2], True)
    assert set(back.ballots.values_list("user", flat=True)) == {None}
    assert list(differences()) == []


step = st.sampled_from(
    [
        "start", "reply", "react", "tag", "edit", "hide", "poll", "lock", "split", "merge", "file",
        "resource", "mandate", "pick", "summarise", "correct",
    ]
)  # fmt: skip
deeds = st.lists(
    st.tuples(step, st.integers(0, 7), st.sampled_from(list(ReactionKind))), min_size=1, max_size=14
)


def speak(room: Forum, of: Thread, by: Viewer, which: int) -> None:
    """A reply under a mandate: of a Government that said yes, or one that names a people and waits."""
    if which % 2:
        Domain.objects.get_or_create(pk="country")
        kenya, _new = Term.objects.get_or_create(domain_id="country", code="KE")
        whom = {"capacity": Capacity.GOVERNMENT, "country": kenya, "granted_at": timezone.now()}
        whom |= {"answered_by": people.facilitator(), "answered_as": "focal_point"}
    else:
        asked = timezone.now() - timedelta(days=20)
        whom = {"capacity": Capacity.PEOPLES, "named": f"People {which}", "asked_at": asked}
    until = timezone.localdate() + timedelta(days=9)
    mandate = Mandate.objects.create(community=room.community, user=by.user, until=until, **whom)
    if not of.is_locked:
        actions.reply(viewer=by, thread=of, html=f"<p>We say {which}</p>", mandate=mandate)


def summarise(room: Forum, by: Viewer, which: int) -> None:
    """Sentences on what was picked; shown and published where that can be by now."""
    passages = list(room.passages.filter(post__state="published"))
    summary = Summary.objects.filter(forum=room).first()
    if not passages or (summary and summary.is_drafted):
        return
    section = SummarySection.objects.filter(summary__forum=room, question=None).first()
    text = "".join(f"Sentence {one.number}. [{one.number}]\n" for one in passages)
    version = section.version if section else 0
    actions.write_section(viewer=by, forum=room, question=None, text=text, version=version)
    if which % 2:
        actions.show_draft(viewer=by, forum=room, at=timezone.now() - timedelta(days=which))


def correct(room: Forum, by: Viewer, which: int) -> None:
    hers = Sentence.objects.filter(section__summary__forum=room, sources__post__author=by.user_id)
    for sentence in hers.filter(corrections=None).distinct()[:1]:
        if sentence.section.summary.takes_corrections() and has_contributed(by, room):
            actions.propose_correction(viewer=by, sentence=sentence, proposed=f"So {which}.", reason="Yes")


def do(room: Forum, what: str, which: int, kind: str) -> None:
    """One deed, by somebody who may; nothing where there is nothing to do it to."""
    member, moderator = people.viewer(people.community_member()), people.viewer(people.moderator())
    threads = list(Thread.objects.filter(forum=room, merged_into=None).order_by("pk"))
    if what == "start" or not threads:
        thread(room, member.user, f"Thread {which}", f"<p>Words <em>{which}</em> 湿地</p>")
        return
    of = threads[which % len(threads)]
    posts = list(of.posts.published().order_by("number"))
    post = posts[which % len(posts)]
    if what == "reply" and not of.is_locked:
        reply(of, moderator.user, f"<p>Reply {which}</p>")
    elif what == "react" and not of.is_locked:
        actions.react(viewer=member if post.author_id != member.user_id else moderator, post=post, kind=kind)
    elif what == "tag":
        actions.tag(viewer=moderator, thread=of, names=[f"tag {which}", "湿地"])
    elif what == "edit" and not of.is_locked:
        by = member if post.author_id == member.user_id else moderator
        actions.edit(viewer=by, post=post, html=f"<p>Edited {which}</p>", version=post.version)
    elif what == "hide" and (post.number or 0) > 1 and post.author_id != moderator.user_id:
        actions.hide(viewer=moderator, post=post, reason="Off the subject")
    elif what == "poll" and not of.is_locked and not hasattr(posts[0], "poll") and posts[0].number == 1:
        poll = actions.ask(viewer=moderator, thread=of, question="q?", options=["a", "b"], results="closed")
        actions.vote(viewer=member, poll=poll, choices=[which % 2])
        actions.close_poll(viewer=moderator, poll=poll)
    elif what == "lock" and not of.is_locked:
        actions.lock(viewer=moderator, thread=of, reason="Enough")
    elif what == "merge" and len(threads) > 1:
        other = threads[(which + 1) % len(threads)]
        actions.merge(viewer=moderator, thread=of, into=other, reason="The same")
    elif what == "split" and len(posts) > 1:
        actions.split(
            viewer=moderator, thread=of, numbers=[posts[1].number], title=f"Split {which}", reason="Off"
        )
    elif what == "resource":
        sheet = ContentFile(f"n {which}".encode(), name="sheet.txt") if which % 2 else None
        url = "" if which % 2 else "https://x.example/"
        actions_of_community.add_resource(
            viewer=moderator, community=room.community, title=f"Sheet {which}", url=url, file=sheet
        )
    elif what == "mandate":
        speak(room, of, member, which)
    elif what == "pick":
        actions.pick(viewer=moderator, forum=room, post=post, numbers=[1], version=post.version)
    elif what == "summarise":
        summarise(room, moderator, which)
    elif what == "correct":
        correct(room, member, which)
    elif what == "file":
        kept = PostFile(post=post, name="n.txt", size=3)
        kept.file.save("n.txt", ContentFile(f"n {which}".encode()), save=True)


everything = [
    ("start", 0, "agree"), ("start", 1, "agree"), ("reply", 0, "agree"), ("reply", 1, "agree"),
    ("react", 2, "thanks"), ("react", 3, "useful"), ("tag", 0, "agree"), ("edit", 0, "agree"),
    ("poll", 0, "agree"), ("file", 1, "agree"), ("hide", 1, "agree"), ("split", 0, "agree"),
    ("reply", 0, "agree"), ("merge", 0, "agree"), ("mandate", 0, "agree"), ("mandate", 1, "agree"),
    ("resource", 0, "agree"), ("resource", 1, "agree"), ("pick", 0, "agree"), ("pick", 1, "agree"),
    ("summarise", 1, "agree"), ("correct", 0, "agree"), ("lock", 1, "agree"),
]  # fmt: skip


@example(everything)
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(deeds)
def test_export_import_export_is_the_same(tmp_path_factory, settings, done):
    with transaction.atomic():
        settings.VAR_DIR = tmp_path_factory.mktemp("var")
        home = here()
        room = forum(home)
        room.kind = ForumKind.CONSULTATION
        room.save()
        actions.add_question(viewer=people.viewer(people.moderator()), forum=room, title="What works?")
        for what, which, kind in done:
            do(room, what, which, kind)
        before = told(home)
        copy = take(home, tmp_path_factory.mktemp("out") / "copy")
        gone(home)
        bring(copy)
        [back] = Community.objects.all()
        assert told(back) == before
        assert list(differences()) == []
        bring(copy)
        assert told(back) == before
        transaction.set_rollback(True)


def test_questions_answers_and_windows_come_back(tmp_path):
    home = here()
    room = forum(home)
    now = timezone.now()
    Forum.objects.filter(pk=room.pk).update(
        kind=ForumKind.QUESTIONS, opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=5)
    )
    room.refresh_from_db()
    started = thread(room, people.community_member())
    answer = reply(started, people.moderator())
    actions.accept_answer(viewer=people.viewer(people.community_member()), post=answer)
    actions.want(viewer=people.viewer(people.moderator()), thread=started)
    before = told(home)
    copy = take(home, tmp_path / "copy")
    gone(home)
    bring(copy)
    assert told(Community.objects.get()) == before
    assert Thread.objects.get().answer.number == 2


def test_bookmarks_are_in_no_copy(tmp_path):
    home = here()
    started = thread(forum(home), people.community_member())
    actions.bookmark(viewer=people.viewer(people.moderator()), post=started.posts.get(), note="for myself")
    copy = take(home, tmp_path / "copy")
    assert not any(b"for myself" in path.read_bytes() for path in copy.rglob("*") if path.is_file())
    gone(home)
    bring(copy)
    assert not Bookmark.objects.exists()
    assert not Tag.objects.exists()
