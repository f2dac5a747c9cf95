"""Sealed files: what lies in the vault, what opens it, and when it goes."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from network.consent import actions, files, gate, vault
from network.consent.enums import PartName
from network.consent.exits import MEDIA, RETURN, WORKSPACE
from network.consent.gate import Unreadable
from network.consent.models import ItemKey, Part, Release
from network.foundations.exceptions import Refused
from network.foundations.viewer import EVERYONE, MEMBER
from tests import people
from tests.consent import recordings as made
from tests.consent.factories import CANARY, authority, clause, consent, holder, item, with_standing

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def place(settings, tmp_path):
    kept = {"BACKEND": "network.consent.vault.VaultStorage", "OPTIONS": {"location": tmp_path / "vault"}}
    settings.STORAGES = settings.STORAGES | {"vault": kept}
    return tmp_path / "vault"


@pytest.fixture
def of():
    return holder()


@pytest.fixture
def speaker(of):
    return people.viewer(with_standing(of))


@pytest.fixture
def kept(of):
    return item(of)


def sound(size: int = 200_000) -> bytes:
    return made.wav(bytes(number % 251 for number in range(size)))


def seal(kept, by, content=None, text="a song at dawn", name=PartName.AUDIO, language="en"):
    return actions.seal_media(
        item=kept, name=name, language=language, file=made.upload(content or sound()), text=text, by=by
    )


def lying(place: Path) -> list[Path]:
    return [path for path in place.rglob("*") if path.is_file()]


class TestTheVault:
    def test_a_file_is_noise_that_only_we_can_read(self, kept, speaker, place):
        part = seal(kept, speaker, made.wav(CANARY.encode() * 9000))
        (path,) = lying(place)
        assert CANARY.encode() not in path.read_bytes()
        assert path.stat().st_mode & 0o777 == 0o600
        assert path.parent.stat().st_mode & 0o777 == 0o700
        assert str(kept.pk) not in str(path)
        assert (part.media_type, part.path) == ("audio/wav", str(path.relative_to(place)))

    def test_it_has_no_address(self):
        with pytest.raises(ValueError, match="no address"):
            vault.VaultStorage().url("x")

    def test_a_new_file_takes_the_place_of_the_old_one(self, kept, speaker, place):
        first = seal(kept, speaker)
        second = seal(kept, speaker, made.mp3())
        assert first.pk == second.pk
        assert first.handle != second.handle
        assert [str(path.relative_to(place)) for path in lying(place)] == [second.path]

    def test_new_words_alone_leave_the_file(self, kept, speaker, place):
        part = seal(kept, speaker)
        again = actions.seal_part(item=kept, name=PartName.AUDIO, language="en", text="a lullaby", by=speaker)
        assert again.path == part.path
        assert gate.open_media(again, speaker, WORKSPACE)

    def test_words_without_a_file_are_no_recording(self, kept, speaker):
        with pytest.raises(Refused) as refused:
            actions.seal_part(item=kept, name=PartName.IMAGE, language="en", text="a reef", by=speaker)
        assert refused.value.field == "file"

    def test_a_file_needs_words(self, kept, speaker, place):
        with pytest.raises(Refused) as refused:
            seal(kept, speaker, text="")
        assert refused.value.field == "text"
        assert not lying(place)

    def test_what_is_deleted_takes_its_file_along(self, kept, speaker, place):
        seal(kept, speaker).delete()
        assert not lying(place)

    def test_an_erased_item_leaves_no_file(self, kept, of, speaker, place):
        authority(of)
        seal(kept, speaker)
        actions.withdraw(item=kept, holder=of, by=speaker)
        actions.destroy_key(item=kept, by=speaker)
        assert not lying(place)

    def test_strays_are_swept_once_they_are_old(self, kept, speaker, place):
        part = seal(kept, speaker)
        vault.write("ab/stray", [b"noise"])
        assert actions.sweep_files() == 0
        long_ago = (timezone.now() - timedelta(hours=2)).timestamp()
        for path in lying(place):
            os.utime(path, (long_ago, long_ago))
        assert actions.sweep_files() == 1
        assert [str(path.relative_to(place)) for path in lying(place)] == [part.path]

    def test_only_those_who_may_seal_do(self, kept, place):
        for who in (people.member(), people.editor(), people.administrator()):
            with pytest.raises(PermissionDenied):
                seal(kept, people.viewer(who))
        assert not lying(place)

    def test_a_reference_keeps_no_file(self, of, speaker):
        with pytest.raises(Refused):
            seal(item(of, exposure="reference", parts={}), speaker)


class TestOpening:
    def test_the_holders_read_it_whole_and_get_it_back(self, kept, speaker):
        part = seal(kept, speaker, made.mp3())
        for exit in (WORKSPACE, RETURN):
            opened = gate.open_media(part, speaker, exit)
            content = b"".join(opened)
            assert len(content) == opened.size == part.size
        assert Release.objects.filter(item_id=kept.pk, part="audio").count() == 2

    def test_nobody_else_does(self, kept, speaker):
        part = seal(kept, speaker)
        for who in (people.stranger(), people.member(), people.steward(), people.administrator()):
            for exit in (MEDIA, WORKSPACE, RETURN, "page", "nothing"):
                assert gate.open_media(part, people.viewer(who), exit) is None
        assert not Release.objects.filter(part="audio").exists()

    def test_a_closed_key_opens_for_the_holders_alone(self, kept, of, speaker):
        part = seal(kept, speaker)
        consent(kept, of, clause(EVERYONE))
        member = people.viewer(people.member())
        assert gate.open_media(part, member, MEDIA)
        actions.withdraw(item=kept, holder=of, by=speaker)
        assert gate.open_media(part, member, MEDIA) is None
        assert gate.open_media(part, speaker, MEDIA) is None
        assert gate.open_media(part, speaker, WORKSPACE)

    def test_a_language_opens_for_itself_alone(self, kept, of, speaker):
        english, french = (seal(kept, speaker, language=language) for language in ("en", "fr"))
        consent(kept, of, clause(MEMBER, languages={"fr"}))
        member = people.viewer(people.member())
        assert gate.open_media(english, member, MEDIA) is None
        assert gate.open_media(french, member, MEDIA)

    def test_a_log_that_cannot_be_written_opens_nothing(self, kept, speaker, monkeypatch):
        part = seal(kept, speaker)
        monkeypatch.setattr("network.consent.gate._log", lambda *args: 1 / 0)
        assert gate.open_media(part, speaker, WORKSPACE) is None

    @pytest.mark.parametrize("change", ["item", "name", "language", "path", "key"])
    def test_in_another_place_it_does_not_open(self, kept, of, speaker, change):
        part = seal(kept, speaker)
        if change == "key":
            ItemKey.objects.filter(pk=kept.pk).delete()
            gate.seal(kept.pk, "body", "en", "another key")
        elif change == "path":
            other = seal(kept, speaker, name=PartName.AUDIO, language="fr")
            part.path = other.path
        else:
            other = item(of, title="Another")
            moved = {"item": other, "name": "image", "language": "fr"}[change]
            setattr(part, change, moved)
            part.save()
        opened = gate.open_media(part, speaker, WORKSPACE)
        with pytest.raises(Unreadable):
            b"".join(opened)


SEALED = files.CHUNK + 28


class TestChunks:
    """Whatever is done to the bytes in the vault, nothing comes out but what was sealed, in its order."""

    @pytest.fixture
    def part(self, kept, speaker):
        return seal(kept, speaker)

    def altered(self, part, place, change):
        path = place / part.path
        path.write_bytes(change(path.read_bytes()))

    @pytest.mark.parametrize(
        "change",
        [
            lambda sealed: sealed[:-1],
            lambda sealed: sealed[: SEALED * 2],
            lambda sealed: sealed[:SEALED],
            lambda sealed: b"",
            lambda sealed: sealed[SEALED : 2 * SEALED] + sealed[:SEALED] + sealed[2 * SEALED :],
            lambda sealed: sealed[:SEALED] * 2 + sealed[2 * SEALED :],
            lambda sealed: sealed[:100] + bytes([sealed[100] ^ 1]) + sealed[101:],
        ],
    )
    def test_cut_off_reordered_repeated_or_altered(self, part, place, speaker, change):
        self.altered(part, place, change)
        with pytest.raises(Unreadable):
            b"".join(gate.open_media(part, speaker, WORKSPACE))

    @pytest.mark.parametrize("size", [files.CHUNK, 2 * files.CHUNK, 100, 199_000])
    def test_a_row_that_tells_less_does_not_open_as_if_it_were_whole(self, part, place, speaker, size):
        Part.objects.filter(pk=part.pk).update(size=size)
        part.refresh_from_db()
        with pytest.raises(Unreadable):
            b"".join(gate.open_media(part, speaker, WORKSPACE))

    def test_a_file_that_is_gone(self, part, place, speaker):
        (place / part.path).unlink()
        with pytest.raises(Unreadable):
            b"".join(gate.open_media(part, speaker, WORKSPACE))


@settings(max_examples=30)
@given(size=st.integers(0, 3 * files.CHUNK + 5), data=st.data())
def test_any_range_is_what_was_sealed_there(size, data):
    plain = bytes(number % 251 for number in range(size))
    place, key = b"here", bytes(32)
    vault.delete("zz/one")
    vault.write("zz/one", files.seal(key, place, plain))
    sealed = files.SealedFile(key, place, "zz/one", size, "audio/wav")
    start = data.draw(st.integers(0, size))
    stop = data.draw(st.integers(start, size))
    assert b"".join(sealed.between(start, stop)) == plain[start:stop]
    assert b"".join(sealed) == plain


class TestNotes:
    """Something said about an item in a recording, a picture or a document: for its readers alone."""

    @pytest.mark.parametrize(
        ("content", "media_type"),
        [(made.mp3(), "audio/mpeg"), (made.jpeg(), "image/webp"), (made.pdf(), "application/pdf")],
    )
    def test_its_readers_open_it_and_nobody_else(self, kept, of, speaker, content, media_type):
        asker = people.viewer(people.member())
        part = actions.seal_media_note(
            item=kept,
            name="voice7",
            language="fr",
            file=made.upload(content),
            text="what she asks",
            readers=[f"holder:{of.pk}", f"user:{asker.user_id}"],
            holder=of,
        )
        assert (part.media_type, part.holder, part.is_knowledge) == (media_type, of, False)
        for reader in (asker, speaker):
            assert b"".join(gate.open_media(part, reader, MEDIA))
            assert CANARY.encode() not in b"".join(gate.open_media(part, reader, MEDIA))
        assert gate.open_media(part, people.viewer(people.expert()), MEDIA) is None
        assert gate.open_media(part, people.viewer(people.steward()), MEDIA) is None
        consent(kept, of, clause(EVERYONE))
        assert gate.open_media(part, people.viewer(people.expert()), MEDIA) is None

    def test_erased_it_takes_its_file_along(self, kept, of, speaker, place):
        part = actions.seal_media_note(
            item=kept,
            name="evidence1",
            language="en",
            file=made.upload(made.pdf()),
            text="the protocol of the meeting",
            readers=[f"holder:{of.pk}"],
            holder=of,
        )
        assert len(lying(place)) == 1
        actions.erase_note(note=part, by=speaker)
        assert not lying(place)

    def test_what_cannot_be_cleaned_is_refused_beside_the_file(self, kept, of):
        with pytest.raises(Refused) as refused:
            actions.seal_media_note(
                item=kept, name="voice1", language="en", file=made.upload(b"<html>"), text="x", readers=[]
            )
        assert refused.value.field == "file"
