"""Files and pictures in posts: chosen, refused, kept while a form is not sent, handed out, taken out."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from communities.enums import MemberRole
from communities.forums import actions
from communities.forums.models import Post, PostFile, Upload
from communities.forums.notices.words import new_post
from tests import people
from tests.communities.factories import belongs, community
from tests.consent import factories as knowledge
from tests.forums.factories import forum, thread

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk():
    here = community()
    belongs(people.community_member(), here)
    belongs(people.moderator(), here, MemberRole.MODERATOR)
    return thread(forum(here), people.community_member())


def at(name: str, talk, *more) -> str:
    here = talk.forum
    return reverse(f"forums:{name}", args=[here.community.slug, here.slug, talk.pk, talk.slug, *more])


def picture() -> SimpleUploadedFile:
    drawn = BytesIO()
    Image.new("RGB", (4, 3), "green").save(drawn, "PNG")
    return SimpleUploadedFile("river mouth.png", drawn.getvalue())


def text(words: str = "Twelve crabs.", name: str = "count.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, words.encode())


def is_stored(file) -> bool:
    return file.storage.exists(file.name)


def test_files_go_with_a_reply_and_are_told_of(client, talk):
    people.sign_in(client, people.moderator())
    sent = {"html": "See below.", "files": [picture(), text()]}
    assert client.post(at("reply", talk), sent).status_code == 302
    shown = list(PostFile.objects.order_by("id").values_list("name", flat=True))
    assert shown == ["river_mouth.webp", "count.txt"]
    assert not Upload.objects.exists()
    page = client.get(talk.get_absolute_url()).content.decode()
    kept = PostFile.objects.get(name="river_mouth.webp")
    assert f'src="{at("file", talk, kept.pk)}" alt="river_mouth.webp"' in page
    handed = client.get(at("file", talk, kept.pk))
    assert (handed["Content-Type"], b"".join(handed.streaming_content)[:4]) == ("image/webp", b"RIFF")
    [told] = new_post([{"post": kept.post_id}], people.viewer(people.community_member()))
    assert told is not None
    assert "river_mouth.webp, count.txt" in told.html


def test_a_refused_form_loses_no_file(client, talk):
    people.sign_in(client, people.moderator())
    bad = SimpleUploadedFile("run.exe", b"MZ\x00")
    page = client.post(at("reply", talk), {"html": "", "files": [text(), bad]})
    assert page.status_code == 422
    body = page.content.decode()
    assert "run.exe: " in body
    [kept] = Upload.objects.all()
    assert f'value="{kept.key}"' in body
    assert "checked" in body
    # On another day the form below the thread offers it, too.
    assert kept.key in client.get(talk.get_absolute_url()).content.decode()
    client.post(at("reply", talk), {"html": "Here.", "offered": "yes", "kept": [kept.key]})
    assert Post.objects.get(number=2).files.get().name == "count.txt"
    gone = client.post(at("reply", talk), {"html": "Again.", "offered": "yes", "kept": [kept.key]})
    assert gone.status_code == 422
    assert Post.objects.count() == 2


def test_what_is_not_chosen_goes(client, talk):
    people.sign_in(client, people.moderator())
    answer = client.post(at("reply_files", talk), {"files": text()})
    chosen = Upload.objects.get()
    assert (answer.json()["key"], is_stored(chosen.file)) == (chosen.key, True)
    client.post(at("reply", talk), {"html": "Without.", "offered": "yes"})
    assert (Upload.objects.count(), PostFile.objects.count(), is_stored(chosen.file)) == (0, 0, False)


def test_a_script_hears_what_speaks_against_a_file(client, talk):
    people.sign_in(client, people.moderator())
    for sent in ({}, {"files": text("", "empty.txt")}, {"files": SimpleUploadedFile("a.svg", b"<svg/>")}):
        answer = client.post(at("reply_files", talk), sent)
        assert (answer.status_code, bool(answer.json()["text"])) == (422, True)
    people.sign_in(client, people.outsider())
    assert client.post(at("reply_files", talk), {"files": text()}).status_code == 403
    assert not Upload.objects.exists()


def test_nobody_sends_the_files_of_others(client, talk):
    people.sign_in(client, people.community_member())
    client.post(at("reply_files", talk), {"files": text()})
    people.sign_in(client, people.moderator())
    key = Upload.objects.get().key
    answer = client.post(at("reply", talk), {"html": "Mine.", "offered": "yes", "kept": [key]})
    assert answer.status_code == 422
    assert Upload.objects.get().user == people.community_member()


def test_a_thread_begins_with_files(client, talk):
    people.sign_in(client, people.community_member())
    url = reverse("forums:start", args=[talk.forum.community.slug, talk.forum.slug])
    sent = {"title": "Counts", "html": "All of them.", "language": "en", "files": [text()]}
    assert client.post(url, sent).status_code == 302
    assert Post.objects.get(thread__title="Counts").files.get().name == "count.txt"


def test_sealed_words_come_in_by_no_file(client, talk):
    words = "Where the river bends the old women set the baskets on the third night after the new moon"
    knowledge.item(knowledge.holder(), text=words)
    people.sign_in(client, people.moderator())
    answer = client.post(at("reply_files", talk), {"files": text(words)})
    assert (answer.status_code, Upload.objects.count()) == (422, 0)


def test_authors_take_files_out_again(client, talk):
    people.sign_in(client, people.moderator())
    client.post(at("reply", talk), {"html": "See.", "files": [text()]})
    kept = PostFile.objects.get()
    assert at("remove_file", talk, kept.pk) in client.get(at("edit", talk, 2)).content.decode()
    people.sign_in(client, people.community_member())
    assert client.post(at("remove_file", talk, kept.pk)).status_code == 403
    people.sign_in(client, people.moderator())
    assert client.post(at("remove_file", talk, kept.pk)).status_code == 302
    assert (PostFile.objects.count(), is_stored(kept.file)) == (0, False)


def test_what_nobody_sends_is_swept(client, talk):
    people.sign_in(client, people.moderator())
    client.post(at("reply_files", talk), {"files": text()})
    assert actions.sweep_uploads() == 0
    Upload.objects.update(at=timezone.now() - timedelta(days=8))
    chosen = Upload.objects.get()
    assert actions.sweep_uploads() == 1
    assert not is_stored(chosen.file)
