"""The media broker, from outside: who hears and sees what, in ranges, until sharing stops."""

import os
import time
import uuid
from datetime import timedelta

import pytest
from django.conf import settings as project
from django.test import AsyncRequestFactory
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from network.consent import actions, ingest, opened, tasks
from network.consent.egress import bind_for
from network.consent.enums import PartName, RecordKind
from network.consent.models import Part, Release
from network.consent.views import media as broker
from network.foundations import memory_uploads
from network.foundations.viewer import EVERYONE, MEMBER
from tests import people
from tests.consent import recordings as made
from tests.consent.factories import CANARY, authority, clause, consent, holder, item, with_standing
from tests.loops import waited

pytestmark = pytest.mark.django_db
SOUND = made.wav(bytes(number % 251 for number in range(200_000)))
#: What is left of it once it is clean.
CLEAN = ingest.riff.clean(SOUND)
WORDS = "a song at dawn"


@pytest.fixture(autouse=True)
def place(settings, tmp_path):
    kept = {"BACKEND": "network.consent.vault.VaultStorage", "OPTIONS": {"location": tmp_path / "vault"}}
    settings.STORAGES = settings.STORAGES | {"vault": kept}
    settings.CONSENT_MEDIA_ACCEL_DIR = tmp_path / "opened"
    return tmp_path


@pytest.fixture
def of():
    return holder()


@pytest.fixture
def speaker(of):
    user = with_standing(of)
    authority(of, user)
    return user


@pytest.fixture
def kept(of):
    return item(of)


@pytest.fixture
def song(kept, speaker):
    return actions.seal_media(
        item=kept,
        name=PartName.AUDIO,
        language="en",
        file=made.upload(SOUND),
        text=WORDS,
        by=people.viewer(speaker),
    )


@pytest.fixture
def shared(song, kept, of):
    consent(kept, of, clause(EVERYONE))
    return song


def address(part) -> str:
    return f"/k/{part.handle}/"


def read(response) -> bytes:
    return b"".join(response.streaming_content)


def as_(client, who):
    return people.sign_in(client, who)


def withdraw(kept, of, speaker):
    actions.withdraw(item=kept, holder=of, by=people.viewer(speaker))


class TestWho:
    OTHERS = [people.member, people.editor, people.steward, people.secretariat, people.administrator]

    def test_nothing_said_it_is_for_the_holders_alone(self, client, song, speaker):
        assert client.get(address(song)).status_code == 404
        for who in self.OTHERS:
            as_(client, who())
            assert client.get(address(song)).status_code == 404
        as_(client, speaker)
        assert read(client.get(address(song))) == CLEAN
        assert Release.objects.get(part="audio").exit == "workspace"

    def test_given_to_members(self, client, song, kept, of):
        consent(kept, of, clause(MEMBER))
        assert client.get(address(song)).status_code == 404
        as_(client, people.member())
        assert read(client.get(address(song))) == CLEAN
        assert Release.objects.get(part="audio").actor == people.member().actor_id

    def test_given_to_all(self, client, shared):
        assert read(client.get(address(shared))) == CLEAN
        assert Release.objects.get(part="audio").actor is None

    def test_given_for_pages_but_not_for_files(self, client, song, kept, of):
        consent(kept, of, clause(EVERYONE, exits_={"page"}))
        assert client.get(address(song)).status_code == 404
        page = bind_for(people.viewer(people.member()), f"<p>{song.token}</p>", exit="page")
        assert WORDS in page
        assert "/k/" not in page

    @pytest.mark.parametrize("how", ["withdrawn", "expired", "paused", "refused"])
    def test_when_it_is_over_the_holders_still_hear_their_own(self, client, song, kept, of, speaker, how):
        consent(kept, of, clause(EVERYONE))
        as_(client, people.member())
        assert client.get(address(song)).status_code == 200
        if how == "withdrawn":
            withdraw(kept, of, speaker)
        elif how == "expired":
            consent(kept, of, clause(EVERYONE, ends=timezone.now() - timedelta(days=1)))
        else:
            consent(kept, of, kind=RecordKind.SUSPENDED if how == "paused" else RecordKind.REFUSED)
        assert client.get(address(song)).status_code == 404
        as_(client, speaker)
        assert read(client.get(address(song))) == CLEAN

    def test_erased_nobody_hears_it(self, client, shared, kept, of, speaker):
        withdraw(kept, of, speaker)
        actions.destroy_key(item=kept, by=people.viewer(speaker))
        as_(client, speaker)
        assert client.get(address(shared)).status_code == 404

    def test_whatever_the_reason_the_answer_is_the_same(self, client, song, kept):
        absent = [f"/k/{uuid.uuid4()}/", "/k/nonsense/", f"/k/{kept.pk}/", "/k/%00/"]
        told = self.answer(client, address(song))
        assert told[0] == 404
        assert [self.answer(client, url) for url in absent] == [told] * len(absent)

    def answer(self, client, url):
        """All that is told, but for the address that was asked for."""
        response = client.get(url)
        text = response.content.decode().replace(url, "").replace(response.wsgi_request.path, "")
        return response.status_code, text, {**response.headers, "Content-Length": ""}

    def test_a_note_in_sound_is_for_its_readers(self, client, kept, of, speaker):
        asker = people.member()
        voice = actions.seal_media_note(
            item=kept,
            name="voice3",
            language="en",
            file=made.upload(made.mp3()),
            text="she asks",
            readers=[f"holder:{of.pk}", f"user:{asker.pk}"],
        )
        consent(kept, of, clause(EVERYONE))
        assert client.get(address(voice)).status_code == 404
        for who in (asker, speaker):
            as_(client, who)
            assert client.get(address(voice)).status_code == 200

    def test_only_reading_is_possible(self, client, shared):
        assert client.post(address(shared)).status_code == 405


class TestHow:
    def test_it_is_kept_by_nobody_and_shown_nowhere_else(self, client, shared):
        response = client.get(address(shared), headers={"Accept-Encoding": "gzip, br"})
        assert response["Content-Type"] == "audio/wav"
        assert response["Content-Disposition"] == 'inline; filename="recording.wav"'
        assert response["Cache-Control"] == "private, no-store"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert response["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "noindex" in response["X-Robots-Tag"]
        assert response["Accept-Ranges"] == "bytes"
        assert int(response["Content-Length"]) == len(CLEAN)
        for validator in ("ETag", "Last-Modified", "Content-Encoding"):
            assert not response.has_header(validator)

    def test_documents_are_saved(self, client, kept, of, speaker):
        part = actions.seal_media_note(
            item=kept, name="evidence1", language="en", file=made.upload(made.pdf()), text="x",
            readers=[f"holder:{of.pk}"],
        )  # fmt: skip
        as_(client, speaker)
        assert client.get(address(part))["Content-Disposition"] == 'attachment; filename="document.pdf"'

    def test_the_head_alone_reads_nothing(self, client, shared):
        response = client.head(address(shared), headers={"Range": "bytes=5-9"})
        assert (response.status_code, int(response["Content-Length"])) == (200, len(CLEAN))
        assert not Release.objects.filter(part="audio").exists()

    @given(data=st.data())
    @settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_a_range_is_what_stands_there(self, client, shared, data):
        size = len(CLEAN)
        first = data.draw(st.integers(0, size - 1))
        last = data.draw(st.one_of(st.none(), st.integers(first, size + 99)))
        asked = f"bytes={first}-{'' if last is None else last}"
        response = client.get(address(shared), headers={"Range": asked})
        expected = CLEAN[first : size if last is None else last + 1]
        assert response.status_code == 206
        assert read(response) == expected
        assert int(response["Content-Length"]) == len(expected)
        assert response["Content-Range"] == f"bytes {first}-{first + len(expected) - 1}/{size}"

    def test_the_end_alone(self, client, shared):
        assert read(client.get(address(shared), headers={"Range": "bytes=-77"})) == CLEAN[-77:]

    def test_behind_the_end(self, client, shared):
        response = client.get(address(shared), headers={"Range": f"bytes={len(CLEAN)}-"})
        assert (response.status_code, response["Content-Range"]) == (416, f"bytes */{len(CLEAN)}")

    def test_what_we_do_not_offer_is_answered_with_the_whole(self, client, shared):
        for headers in ({"Range": "bytes=0-1,5-6"}, {"Range": "bytes=0-1", "If-Range": '"x"'}):
            assert read(client.get(address(shared), headers=headers)) == CLEAN

    def test_under_asgi_it_goes_chunk_by_chunk(self, shared):
        request = AsyncRequestFactory().get(address(shared), headers={"Range": "bytes=70000-190000"})
        request.viewer = people.viewer(people.stranger())
        response = broker.media(request, str(shared.handle))
        assert response.is_async

        async def chunks():
            return [chunk async for chunk in response.streaming_content]

        heard = waited(chunks())
        assert len(heard) == 2
        assert b"".join(heard) == CLEAN[70000:190001]


class TestTheLog:
    def test_one_line_for_one_reading(self, client, shared):
        for asked in ("bytes=0-99", "bytes=100-199", "bytes=5000-"):
            client.get(address(shared), headers={"Range": asked})
        assert Release.objects.filter(part="audio", exit="media").count() == 1

    def test_nobody_reads_without_a_line(self, client, shared):
        client.get(address(shared), headers={"Range": "bytes=1-"})
        assert Release.objects.filter(part="audio").count() == 1


class TestStopping:
    def test_the_next_range_is_not_there(self, client, shared, kept, of, speaker):
        assert client.get(address(shared), headers={"Range": "bytes=0-9"}).status_code == 206
        withdraw(kept, of, speaker)
        assert client.get(address(shared), headers={"Range": "bytes=10-19"}).status_code == 404

    def test_a_long_answer_falls_silent(self, client, shared, kept, of, speaker, monkeypatch):
        monkeypatch.setattr(broker, "_ASK_AGAIN", -1.0)
        response = client.get(address(shared))
        chunks = iter(response.streaming_content)
        heard = next(chunks)
        withdraw(kept, of, speaker)
        rest = b"".join(chunks)
        assert heard == CLEAN[: len(heard)]
        assert not any(rest)
        assert len(heard) + len(rest) == len(CLEAN)

    def test_a_page_loses_the_element(self, shared, kept, of, speaker):
        member = people.viewer(people.member())
        body = f"<p>{shared.token}</p>"
        assert f'src="{address(shared)}"' in bind_for(member, body, exit="page")
        withdraw(kept, of, speaker)
        assert "/k/" not in bind_for(member, body, exit="page")


class TestDamage:
    def path(self, part, place):
        return place / "vault" / part.path

    def test_at_once_it_is_not_there(self, client, shared, place):
        self.path(shared, place).write_bytes(b"something else")
        assert client.get(address(shared)).status_code == 404
        self.path(shared, place).unlink()
        assert client.get(address(shared)).status_code == 404

    def test_later_silence_follows(self, client, shared, place):
        path = self.path(shared, place)
        path.write_bytes(path.read_bytes()[:70_000])
        content = read(client.get(address(shared)))
        assert content[:65536] == CLEAN[:65536]
        assert not any(content[65536:])
        assert len(content) == len(CLEAN)

    @pytest.mark.parametrize("broken", ["_candidates", "_keys", "_log", "_best"])
    def test_a_gate_that_fails_is_closed(self, client, shared, monkeypatch, broken):
        monkeypatch.setattr(f"network.consent.gate.{broken}", lambda *args: 1 / 0)
        assert client.get(address(shared)).status_code == 404


class TestNginx:
    @pytest.fixture(autouse=True)
    def internal(self, settings):
        settings.CONSENT_MEDIA_ACCEL = "/opened/"

    def files(self, place):
        return [path for path in (place / "opened").rglob("*") if path.is_file()]

    def test_it_hands_out_what_was_opened(self, client, shared, place):
        response = client.get(address(shared), headers={"Range": "bytes=0-9"})
        (path,) = self.files(place)
        assert response["X-Accel-Redirect"] == f"/opened/{path.relative_to(place / 'opened')}"
        assert path.read_bytes() == CLEAN
        assert path.stat().st_mode & 0o007 == 0
        assert response["Content-Type"] == "audio/wav"
        assert not response.content

    def test_every_range_asks_and_the_file_is_opened_once(self, client, shared, place, of, kept, speaker):
        client.get(address(shared))
        (path,) = self.files(place)
        before = path.stat().st_mtime_ns
        client.get(address(shared), headers={"Range": "bytes=9-"})
        assert path.stat().st_mtime_ns == before
        assert Release.objects.filter(part="audio").count() == 1

    def test_when_sharing_stops_it_goes_at_once(self, client, shared, place, of, kept, speaker):
        client.get(address(shared))
        assert self.files(place)
        withdraw(kept, of, speaker)
        assert not self.files(place)
        assert client.get(address(shared)).status_code == 404
        assert not self.files(place)

    def test_another_word_of_the_holders_takes_it_back(self, client, shared, place, of, kept):
        client.get(address(shared))
        consent(kept, of, kind=RecordKind.SUSPENDED)
        assert not self.files(place)

    def test_what_stops_while_it_is_opened_is_taken_back(
        self, client, shared, place, of, kept, speaker, monkeypatch
    ):
        put = opened.put

        def slowly(*args):
            withdraw(kept, of, speaker)
            put(*args)

        monkeypatch.setattr(opened, "put", slowly)
        assert client.get(address(shared)).status_code == 404
        assert not self.files(place)

    def test_the_worker_takes_back_what_was_long_enough_there(self, client, shared, place):
        client.get(address(shared))
        tasks.settle()
        (path,) = self.files(place)
        long_ago = time.time() - 241
        os.utime(path, (long_ago, long_ago))
        tasks.settle()
        assert not self.files(place)

    def test_a_damaged_file_is_not_there_and_leaves_nothing(self, client, shared, place):
        path = place / "vault" / shared.path
        path.write_bytes(path.read_bytes()[:70_000])
        assert client.get(address(shared)).status_code == 404
        assert not self.files(place)


class TestPages:
    def test_a_recording_can_be_played_and_read(self, client, shared):
        page = bind_for(people.viewer(people.member()), f"<p>{shared.token}</p>", exit="page")
        assert f'<audio src="{address(shared)}" controls preload="none"' in page
        assert WORDS in page
        assert "How you may use this" in page

    def test_a_picture_has_its_words(self, kept, of, speaker):
        part = actions.seal_media(
            item=kept, name=PartName.IMAGE, language="en", file=made.upload(made.jpeg()),
            text='a reef "of" <stone>', by=people.viewer(speaker),
        )  # fmt: skip
        consent(kept, of, clause(EVERYONE))
        page = bind_for(people.viewer(people.stranger()), f"<p>{part.token}</p>", exit="page")
        assert f'<img src="{address(part)}" alt="a reef &quot;of&quot; &lt;stone&gt;"' in page
        assert "<audio" not in page

    @pytest.mark.parametrize(
        ("exit", "format"), [("mail", "html"), ("mail", "text"), ("feed", "xml"), ("api", "html")]
    )
    def test_elsewhere_stand_the_words_alone(self, shared, exit, format):
        bound = bind_for(people.viewer(people.member()), f"<p>{shared.token}</p>", exit=exit, format=format)
        assert WORDS in bound
        assert "/k/" not in bound

    def test_the_policy_of_pages_lets_them_play(self):
        directives = project.CONTENT_SECURITY_POLICY["DIRECTIVES"]
        assert "'self'" in directives["media-src"]
        assert "'self'" in directives["img-src"]


class TestTheForm:
    def url(self, kept):
        return reverse("consent:seal", args=[kept.pk])

    def sent(self, **fields):
        return {
            "name": "audio",
            "language": "en",
            "text": WORDS,
            "file": made.upload(SOUND, "dawn.wav"),
        } | fields

    def test_a_recording_is_sealed_and_can_be_heard(self, client, kept, speaker, place):
        as_(client, speaker)
        response = client.post(self.url(kept), self.sent(), follow=True)
        part = Part.objects.get(item=kept, name="audio")
        page = response.content.decode()
        assert address(part) in page
        assert WORDS in page
        assert read(client.get(address(part))) == CLEAN

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"file": made.upload(b"")}, "file"),
            ({"file": made.upload(b"<script>", "song.mp3")}, "file"),
            ({"file": made.upload(made.jpeg(), "song.mp3")}, "file"),
            ({"name": "image"}, "file"),
            ({"name": "body"}, "name"),
            ({"file": ""}, "file"),
            ({"text": ""}, "text"),
        ],
    )
    def test_what_is_wrong_stands_beside_its_field(self, client, kept, speaker, wrong, field, place):
        as_(client, speaker)
        response = client.post(self.url(kept), self.sent(**wrong))
        assert response.status_code == 422
        assert response.context["form"].errors[field]
        assert not Part.objects.filter(item=kept, name="audio").exists()
        assert not [path for path in place.rglob("*") if path.is_file()]

    def test_the_words_can_be_mended_without_the_file(self, client, song, kept, speaker):
        as_(client, speaker)
        assert client.post(self.url(kept), self.sent(file="", text="a lullaby")).status_code == 302
        assert "a lullaby" in client.get(kept.get_absolute_url()).content.decode()
        assert read(client.get(address(song))) == CLEAN

    def test_a_file_that_is_too_big_never_gathers_in_memory(self, client, kept, speaker, monkeypatch):
        held = []
        complete = memory_uploads.MemoryHandler.file_complete

        def watched(handler, size):
            held.append(len(handler.file.getvalue()))
            return complete(handler, size)

        monkeypatch.setattr(memory_uploads.MemoryHandler, "file_complete", watched)
        monkeypatch.setattr(
            memory_uploads.MemoryHandler, "__init__", _with_limit(memory_uploads.MemoryHandler.__init__, 1000)
        )
        as_(client, speaker)
        response = client.post(self.url(kept), self.sent())
        assert held == [0]
        assert response.status_code == 422

    def test_a_form_without_its_token_is_refused(self, kept, speaker):
        from django.test import Client

        strict = Client(enforce_csrf_checks=True)
        as_(strict, speaker)
        assert strict.post(self.url(kept), self.sent()).status_code == 403
        assert not Part.objects.filter(item=kept, name="audio").exists()

    def test_others_cannot_fill_our_memory(self, client, kept, monkeypatch):
        def never(*args, **kwargs):
            raise AssertionError

        monkeypatch.setattr(memory_uploads.MemoryHandler, "new_file", never)
        as_(client, people.member())
        assert client.post(self.url(kept), self.sent()).status_code == 404


def _with_limit(init, most):
    return lambda handler, request, _most: init(handler, request, most)


def test_no_file_and_no_row_holds_what_was_sung(client, kept, speaker, place):
    from django.db import connections

    as_(client, speaker)
    file = made.upload(made.wav(CANARY.encode() * 20_000), f"{CANARY}.wav")
    client.post(
        reverse("consent:seal", args=[kept.pk]),
        {"name": "audio", "language": "en", "text": f"heard: {CANARY}", "file": file},
    )
    assert Part.objects.filter(item=kept, name="audio").exists()
    for path in place.rglob("*"):
        assert not path.is_file() or CANARY.encode() not in path.read_bytes()
    for alias in ("default", "keys"):
        with connections[alias].cursor() as cursor:
            for table in connections[alias].introspection.table_names(cursor):
                cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
                assert CANARY not in repr(cursor.fetchall()), table
