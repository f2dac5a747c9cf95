"""Topics of Discourse come into a forum: its own shapes of files and of HTML, and what goes wrong in them."""

import json
import zipfile
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from communities.forums.counters import differences
from communities.forums.models import Forum, Post, Thread
from network.accounts.models import User
from network.notifications.models import Notification
from network.outbox import actions as outbox
from tests import people
from tests.communities.factories import community
from tests.forums.factories import forum

pytestmark = pytest.mark.django_db
HOST = "talk.reef.example"
SEALED = (
    "When the noddies of zqvanarx7 come home before noon and fly low, the canoes go above the second line."
)


@pytest.fixture
def room(settings, tmp_path) -> Forum:
    settings.VAR_DIR = tmp_path / "var"
    return forum(community("Reefs"), "Archive")


def post(number: int, cooked: str | None, username: str = "aroha", **told) -> dict:
    return {
        "id": 100 + number,
        "name": {"aroha": "Aroha Pene", "carlos": "Carlos Ruiz"}.get(username, ""),
        "username": username,
        "avatar_template": "/user_avatar/talk.reef.example/aroha/{size}/1_2.png",
        "created_at": f"2019-03-0{number}T20:14:00.280Z",
        "updated_at": "2021-01-01T00:00:00.000Z",
        "cooked": cooked,
        "post_number": number,
        "post_type": 1,
        "reply_to_post_number": None,
        "hidden": False,
        "deleted_at": None,
        "user_deleted": False,
        "user_id": 7,
    } | told


def topic(*posts: dict, number: int = 12, title: str = "Counting at dusk", **told) -> dict:
    stream = told.pop("stream", [one["id"] for one in posts])
    return {
        "post_stream": {"posts": list(posts), "stream": stream},
        "tags": ["birds", "field-methods"],
        "id": number,
        "title": title,
        "fancy_title": title,
        "created_at": "2019-03-01T20:14:00.000Z",
        "archetype": "regular",
        "visible": True,
        "closed": False,
        "category_id": 5,
        "deleted_at": None,
    } | told


def write(path: Path, told: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(told if isinstance(told, str) else json.dumps(told))
    return path


def bring_in(file: Path, **options) -> str:
    out = StringIO()
    options = {"host": HOST, "community": "reefs", "forum": "archive"} | options
    call_command("import_discourse", str(file), stdout=out, **options)
    return out.getvalue()


def cooked_as(tmp_path, html: str) -> str:
    bring_in(write(tmp_path / "one.json", topic(post(1, html), post(2, "<p>Yes</p>", "carlos"))))
    return Post.objects.get(message_id=f"discourse-{HOST}-post-101").html


def test_a_topic_becomes_a_thread_with_its_posts_tags_dates_and_people(room, client, tmp_path):
    told = topic(post(1, "<p>Who counts?</p>"), post(2, "<p>We do.</p>", "carlos", reply_to_post_number=1))
    report = bring_in(write(tmp_path / "12.json", told))
    assert "Brought in 2 posts in 1 new threads, 2 new people" in report
    thread = Thread.objects.get()
    assert thread.title == "Counting at dusk"
    assert [tag.name for tag in thread.tags.order_by("name")] == ["birds", "field-methods"]
    first, second = thread.posts.order_by("number")
    assert first.written_at.isoformat() == "2019-03-01T20:14:00.280000+00:00"
    assert (first.author.name, second.author.name) == ("Aroha Pene", "Carlos Ruiz")
    assert first.author.email == "aroha@talk.reef.example.invalid"
    assert not first.author.has_usable_password()
    room.refresh_from_db()
    assert (room.thread_count, room.post_count) == (1, 2)
    page = client.get(thread.get_absolute_url()).content.decode()
    assert "from another forum" in page
    assert "field-methods" in page
    outbox.work_off()
    assert not Notification.objects.exists()


def test_with_the_list_of_users_authors_can_claim_their_posts(room, tmp_path):
    here = people.person("carlos")
    User.objects.filter(pk=here.pk).update(email="Carlos@laguna.example")
    users = write(
        tmp_path / "users.csv",
        "id,name,username,email,title\n7,Aroha,Aroha,aroha@coast.example,\n8,C,carlos,carlos@laguna.example,\n"
        "9,,broken,no address,\n",
    )
    told = topic(post(1, "<p>a</p>"), post(2, "<p>b</p>", "carlos"), post(3, "<p>c</p>", "broken"))
    bring_in(write(tmp_path / "12.json", told), people=users)
    emails = list(Post.objects.order_by("number").values_list("author__email", flat=True))
    assert emails == ["aroha@coast.example", "Carlos@laguna.example", "broken@talk.reef.example.invalid"]
    with pytest.raises(CommandError, match="username"):
        bring_in(tmp_path / "12.json", people=write(tmp_path / "other.csv", "a,b\n1,2\n"))


def test_a_list_of_users_that_comes_later_gives_addresses_that_nobody_has(room, tmp_path):
    taken = people.person("piet")
    file = write(tmp_path / "12.json", topic(post(1, "<p>a</p>"), post(2, "<p>b</p>", "Carlos")))
    bring_in(file)
    rows = f"aroha,Aroha@coast.example\ncarlos,{taken.email}\nnobody,nobody@atoll.example\n"
    users = write(tmp_path / "users.csv", f"username,email\n{rows}")
    assert "without an address" not in bring_in(file, people=users, dry_run=True)
    report = bring_in(file, people=users)
    assert "1 people who were here without an address have theirs now" in report
    emails = list(Post.objects.order_by("number").values_list("author__email", flat=True))
    assert emails == ["aroha@coast.example", "carlos@talk.reef.example.invalid"]
    assert not User.objects.filter(email="nobody@atoll.example").exists()


def test_quotations_keep_who_said_it(room, tmp_path):
    html = cooked_as(
        tmp_path,
        '<aside class="quote no-group" data-username="carlos" data-post="2" data-topic="12">'
        '<div class="title"><div class="quote-controls"></div><img class="avatar" src="/a.png"> carlos:</div>'
        "<blockquote><p>at <em>dawn</em></p></blockquote></aside><p>Agreed.</p>"
        '<aside class="quote" data-username="gone" data-topic="3"><div class="title">'
        '<a href="/t/dawn/3/4">Dawn</a></div><blockquote><p>early</p></blockquote></aside>',
    )
    assert "<blockquote><p><strong>Carlos Ruiz:</strong></p><p>at <em>dawn</em></p></blockquote>" in html
    assert "<p>Agreed.</p>" in html
    assert 'href="https://talk.reef.example/t/dawn/3/4"' in html
    assert "avatar" not in html


@pytest.mark.parametrize(
    ("cooked", "words", "href"),
    [
        ('<p>Hi <img src="/e.png" class="emoji" alt=":wave:" title=":wave:"></p>', "Hi :wave:", ""),
        ('<p>Hi <a class="mention" href="/u/carlos">@carlos</a></p>', "Hi @carlos", ""),
        (
            '<p>See <a class="hashtag-cooked" href="/tag/eel"><svg><use></use></svg><span>eel</span></a></p>',
            "See #eel",
            "",
        ),
        (
            '<aside class="onebox allowlistedgeneric" data-onebox-src="https://eels.example/a?b=1&amp;c=2">'
            '<header class="source"><img class="site-icon" src="/i.png"><a href="https://eels.example/">E</a>'
            '</header><article class="onebox-body"><img class="thumbnail" src="/t.png">'
            '<h3><a href="https://eels.example/a">Eels of the world</a></h3><p>All</p></article></aside>',
            ">Eels of the world</a>",
            "https://eels.example/a?b=1&amp;c=2",
        ),
        (
            '<div class="youtube-onebox lazy-video-container" data-video-id="x" data-video-title="A film">'
            '<a href="https://films.example/x"><img src="https://i.example/x.jpg"></a></div>',
            ">A film</a>",
            "https://films.example/x",
        ),
        (
            '<p><div class="lightbox-wrapper"><a class="lightbox" href="//cdn.example/full.jpg" '
            'title="gauge"><img src="//cdn.example/s.jpg" alt="The gauge"><div class="meta">90 KB</div></a>'
            "</div></p>",
            ">The gauge</a>",
            "https://cdn.example/full.jpg",
        ),
        ('<p><img src="/uploads/a%20b.png" width="9"></p>', ">a b.png</a>", f"https://{HOST}/uploads/a%20b.png"),
        ('<p><a class="attachment" href="/uploads/n.pdf">n.pdf</a></p>', ">n.pdf</a>", f"https://{HOST}/uploads/n.pdf"),
        ('<iframe src="https://maps.example/1"></iframe>', "https://maps.example/1</a>", "https://maps.example/1"),
        ("<details><summary>More</summary><p>inside</p></details>", "More</strong></p><p>inside</p>", ""),
        ('<p><span class="spoiler">the end</span></p>', "<p>the end</p>", ""),
        ('<h2><a name="x" class="anchor" href="#x"></a>Aims</h2>', "<h2>Aims</h2>", ""),
    ],
    ids=[
        "emoji", "mention", "hashtag", "onebox", "film", "lightbox", "picture", "attachment", "frame",
        "details", "spoiler", "heading",
    ],
)  # fmt: skip
def test_what_discourse_shows_can_be_read_here(room, tmp_path, cooked, words, href):
    html = cooked_as(tmp_path, cooked)
    assert words in html
    assert f'href="{href}"' in html if href else "<a" not in html
    assert "<img" not in html
    assert "90 KB" not in html


def test_html_goes_through_the_one_policy(room, tmp_path):
    html = cooked_as(
        tmp_path,
        '<p onclick="alert(1)">a<script>alert(2)</script><a href="javascript:alert(3)">b</a>'
        '<img src="x" onerror="alert(4)" alt="c"></p>',
    )
    assert "alert" not in html
    assert ">c</a>" in html


def test_what_is_no_public_post_stays_out_and_is_counted(room, tmp_path):
    folder = tmp_path / "topics"
    told = topic(
        post(1, "<p>Open</p>"),
        post(2, "<p>closed this</p>", post_type=3),
        post(3, "<p>Among staff</p>", post_type=4),
        post(4, "<p>Welcome</p>", "system", user_id=-1),
        post(5, "<p>(post deleted by author)</p>", user_deleted=True),
        post(6, "<p>Flagged</p>", hidden=True, cooked_hidden=True),
    )
    write(folder / "12.json", told)
    write(folder / "13.json", topic(post(7, "<p>Secret</p>"), number=13, archetype="private_message"))
    write(folder / "14.json", topic(post(8, "<p>Unlisted</p>"), number=14, visible=False))
    report = bring_in(folder)
    assert [one.html for one in Post.objects.all()] == ["<p>Open</p>"]
    for line in (
        "Left out: 3 notes of the system and its staff.",
        "Left out: 1 deleted posts.",
        "Left out: 1 hidden posts.",
        "Left out: 1 private conversations.",
        "Left out: 1 unlisted topics.",
    ):
        assert line in report


@pytest.mark.parametrize("accepted", [{"post_number": 2}, {"post_number": 1}, {"post_number": "x"}, 3, None])
def test_the_accepted_answer_comes_along(room, tmp_path, accepted):
    Forum.objects.filter(pk=room.pk).update(kind="questions")
    posts = [post(1, "<p>How many?</p>"), post(2, "<p>Nine.</p>", "carlos"), post(3, "<p>Ten.</p>")]
    bring_in(write(tmp_path / "12.json", topic(*posts, accepted_answer=accepted)))
    answer = Thread.objects.get().answer
    assert (answer and answer.number) == (2 if accepted == {"post_number": 2} else None)


def test_it_is_safe_to_repeat_and_pages_that_come_later_go_on(room, tmp_path):
    posts = [post(number, f"<p>Post {number}</p>") for number in (1, 2, 3, 4)]
    stream = [one["id"] for one in posts]
    first = write(tmp_path / "a" / "12.json", topic(*posts[:2], stream=stream))
    assert "topic 12, “Counting at dusk”: 2 of its posts are in no file" in bring_in(first)
    assert "2 were here already" in bring_in(first)
    # What was written in the same moment keeps the order of its numbers, however it stands in the file.
    posts[3]["created_at"] = posts[2]["created_at"]
    second = write(tmp_path / "b" / "12-2.json", topic(*posts[:1:-1], stream=stream, tags=["other"]))
    bring_in(second)
    report = bring_in(tmp_path)
    assert "Brought in 0 posts" in report
    assert "4 were here already" in report
    thread = Thread.objects.get()
    assert [one.html for one in thread.posts.order_by("number")] == [f"<p>Post {n}</p>" for n in (1, 2, 3, 4)]


def test_a_dry_run_writes_nothing_and_tells_the_same(room, tmp_path):
    file = write(tmp_path / "12.json", topic(post(1, "<p>a</p>"), post(2, "<p>b</p>")))
    assert "Would bring in 2 posts in 1 new threads" in bring_in(file, dry_run=True)
    assert not Post.objects.exists()
    assert not User.objects.exists()
    assert "Brought in 2 posts in 1 new threads" in bring_in(file)


def test_what_is_broken_is_told_and_the_rest_comes_in_whole(room, tmp_path):
    folder = tmp_path / "topics"
    write(folder / "cut.json", json.dumps(topic(post(9, "<p>The first half</p>"), number=3))[:-40])
    write(folder / "list.json", [1, 2])
    write(folder / "other.json", {"id": 4, "title": "No posts"})
    write(folder / "deep.json", "[" * 100_000)
    told = topic(
        post(1, "<p>Whole \ud83d\x00</p>"),
        post(2, "<p></p>"),
        post(3, "<p>No date</p>", created_at="yesterday"),
        post(4, "<p>No author</p>", username=None),
        post(5, "<div>" * 500 + "deep"),
        post(6, None),
        post(7, "<p>No number</p>", id="seven"),
        title="Nulls \x00 and halves \ud83d",
        tags=[{"id": 1, "name": "eels"}, 5, "x" * 41],
        stream="none",
    )
    told["post_stream"]["posts"].append("no post")
    write(folder / "12.json", told)
    report = bring_in(folder)
    assert Post.objects.get().html == "<p>Whole</p>"
    assert "The first half" not in str(list(Post.objects.values()))
    assert Thread.objects.get().title == "Nulls and halves"
    assert [tag.name for tag in Thread.objects.get().tags.all()] == ["eels"]
    for reason in (
        "cut.json: it is no JSON, or cut off",
        "list.json: it is no topic of Discourse",
        "other.json: it is no topic of Discourse",
        "deep.json: it is no JSON, or cut off",
        "it holds no text",
        "it has no readable date",
        "it has no author",
        "too long or nested too deeply",
        "it has no number",
    ):
        assert reason in report


def test_a_zip_is_read_and_a_bomb_is_refused(room, tmp_path):
    packed = tmp_path / "topics.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("t/12.json", json.dumps(topic(post(1, "<p>Packed</p>"))))
        archive.writestr("t/readme.txt", "no topic")
    bring_in(packed)
    assert Post.objects.get().html == "<p>Packed</p>"
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("13.json", json.dumps(topic(post(2, "<p>b</p>"), number=13)))
        archive.writestr("14.json", b" " * 3_000_000)
    with pytest.raises(CommandError, match="would unpack to far more"):
        bring_in(bomb)
    assert Post.objects.count() == 1


def test_a_damaged_part_of_a_zip_does_not_stop_the_others(room, tmp_path):
    packed = tmp_path / "topics.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("12.json", json.dumps(topic(post(1, "<p>Whole</p>"))))
        archive.writestr("13.json", json.dumps(topic(post(2, "<p>Damaged</p>"), number=13)))
    packed.write_bytes(packed.read_bytes().replace(b"<p>Damaged", b"<p>Changed"))
    report = bring_in(packed)
    assert "13.json: it is too large or cannot be read" in report
    assert Post.objects.get().html == "<p>Whole</p>"


def test_a_post_that_repeats_sealed_knowledge_waits_and_leaves_nothing(room, tmp_path):
    from tests.consent.factories import holder, item

    item(holder(), text=SEALED)
    folder = tmp_path / "topics"
    quoted = f'<aside class="quote" data-username="carlos"><blockquote><p>{SEALED}</p></blockquote></aside>'
    write(folder / "12.json", topic(post(1, "<p>Open</p>"), post(2, f"{quoted}<p>I heard this.</p>")))
    write(folder / "13.json", topic(post(3, "<p>See above.</p>"), number=13, title=SEALED, tags=["a"]))
    report = bring_in(folder)
    assert "2 repeat sealed knowledge" in report
    assert "zqvanarx7" not in report
    assert Post.objects.held().count() == 2
    assert Post.objects.published().get().html == "<p>Open</p>"
    assert "zqvanarx7" not in str([*Post.objects.values(), *Thread.objects.values()])


@pytest.mark.parametrize("options", [{"community": "none"}, {"forum": "none"}, {"host": "no host"}])
def test_a_wrong_place_is_told(room, tmp_path, options):
    file = write(tmp_path / "12.json", topic(post(1, "<p>a</p>")))
    with pytest.raises(CommandError):
        bring_in(file, **options)


def test_what_holds_no_topics_is_told(room, tmp_path):
    (tmp_path / "empty").mkdir()
    for path in (tmp_path / "empty", tmp_path / "nowhere"):
        with pytest.raises(CommandError):
            bring_in(path)
    assert "it is no JSON" in bring_in(write(tmp_path / "mail.mbox", "From a@b.example Mon Jan 5 2015\n"))


def likes(path: Path, *rows: str) -> Path:
    path.write_text("\n".join(["post_id,username,created_at", *rows]) + "\n")
    return path


def liked(count: int) -> dict:
    return {"actions_summary": [{"id": 2, "count": count}, {"id": 3, "can_act": True}]}


def test_likes_become_reactions_of_those_who_gave_them(room, tmp_path):
    file = write(
        tmp_path / "12.json", topic(post(1, "<p>One</p>", **liked(3)), post(2, "<p>Two</p>", "carlos"))
    )
    table = likes(
        tmp_path / "likes.csv",
        "101,Carlos,2019-03-02 10:00:00 UTC",
        "101,mere,",
        "101,aroha,2019-03-02",  # nobody thanks herself
        "999,carlos,2019-03-02",
        "x,carlos,2019-03-02",
    )
    assert "2 likes are reactions now" in bring_in(file, likes=table)
    first = Post.objects.get(number=1)
    assert first.reactions == {"thanks": 2}
    given = {row.user.email.partition("@")[0]: row.at.year for row in first.reaction_rows.all()}
    assert given == {"carlos": 2019, "mere": 2019}
    assert list(differences()) == []
    assert "likes are reactions" not in bring_in(file, likes=table)
    assert Post.objects.get(number=1).reactions == {"thanks": 2}


def test_likes_without_names_are_told_and_can_come_later(room, tmp_path):
    file = write(tmp_path / "12.json", topic(post(1, "<p>One</p>", **liked(2))))
    assert "Left out: 2 likes without the names" in bring_in(file)
    assert Post.objects.get().reactions == {}
    table = likes(tmp_path / "likes.csv", "101,carlos,2019-03-02", "101,mere,2019-03-02")
    assert "2 likes are reactions now" in bring_in(file, likes=table)
    assert Post.objects.get().reactions == {"thanks": 2}


def test_what_somebody_has_taken_back_here_is_not_given_again(room, tmp_path):
    file = write(tmp_path / "12.json", topic(post(1, "<p>One</p>", **liked(1))))
    table = likes(tmp_path / "likes.csv", "101,carlos,2019-03-02")
    bring_in(file, likes=table)
    User.objects.filter(email__startswith="carlos").update(last_login=timezone.now())
    Post.objects.get().reaction_rows.all().delete()
    Post.objects.update(reactions={})
    bring_in(file, likes=table)
    assert Post.objects.get().reactions == {}


@pytest.mark.parametrize("content", ["", "a,b\n1,2\n", b"\xff\xfe\x00"])
def test_a_table_of_likes_that_is_none_is_refused(room, tmp_path, content):
    file = write(tmp_path / "12.json", topic(post(1, "<p>One</p>")))
    table = tmp_path / "likes.csv"
    table.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(CommandError):
        bring_in(file, likes=table)
    assert not Post.objects.exists()


@pytest.mark.parametrize(
    "told", [{"actions_summary": "x"}, {"actions_summary": [1, {"id": 2, "count": "y"}]}]
)
def test_odd_counts_of_likes_do_no_harm(room, tmp_path, told):
    bring_in(write(tmp_path / "12.json", topic(post(1, "<p>One</p>", **told))))
    assert Post.objects.get().reactions == {}
