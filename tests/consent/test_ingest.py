"""What goes into the vault is what is seen and heard, and nothing else; what cannot be cleaned is refused."""

import io
import struct
import wave
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import ArrayObject, NameObject

from network.consent import ingest
from network.consent.ingest import exceptions, frames, matroska, mp4, ogg, pdf, riff
from network.foundations.exceptions import Refused
from tests.consent import recordings as made
from tests.consent.factories import CANARY
from tests.consent.recordings import WORD

ANY = (ingest.AUDIO, ingest.IMAGE, ingest.DOCUMENT)
RECORDINGS = {
    "audio/wav": made.wav,
    "audio/mpeg": made.mp3,
    "audio/aac": made.aac,
    "audio/ogg": made.opus,
    "audio/mp4": made.m4a,
    "audio/webm": made.webm,
}


def cleaned(content: bytes, *kinds) -> ingest.Clean:
    return ingest.clean_file(made.upload(content), *(kinds or ANY))


def refusal(content: bytes, *kinds) -> str:
    with pytest.raises(Refused) as refused:
        cleaned(content, *kinds)
    assert refused.value.field == "file"
    return refused.value.sentence


@pytest.mark.parametrize("media_type", RECORDINGS)
def test_a_recording_loses_all_that_is_told_beside_its_sound(media_type):
    content = RECORDINGS[media_type]()
    assert content.count(WORD) >= 2
    clean = cleaned(content)
    assert clean.media_type == media_type
    assert WORD not in clean.content
    assert cleaned(clean.content).content == clean.content  # and what is clean stays as it is


@pytest.mark.parametrize("build", [made.jpeg, made.png])
def test_a_picture_is_made_of_pixels_alone(build):
    clean = cleaned(build())
    assert clean.media_type == "image/webp"
    assert WORD not in clean.content
    opened = Image.open(io.BytesIO(clean.content))
    assert not opened.getexif()
    assert not opened.info.get("xmp")


class TestSoundStays:
    def test_of_wav_every_sample(self):
        sound = bytes(range(256)) * 20
        with wave.open(io.BytesIO(cleaned(made.wav(sound)).content)) as opened:
            assert opened.readframes(opened.getnframes()) == sound

    def test_of_mp3_every_frame(self):
        assert len(cleaned(made.mp3(40)).content) == 41 * 417

    def test_of_ogg_every_packet(self):
        pages = list(ogg._pages(cleaned(made.opus()).content))
        assert [page.number for page in pages] == list(range(22))
        assert [page.position for page in pages[2:]] == [960 * (turn + 1) for turn in range(20)]
        assert pages[1].body == b"OpusTags" + bytes(8)

    def test_of_vorbis_the_setup_too(self):
        clean = cleaned(made.vorbis())
        assert WORD not in clean.content
        assert b"\x05vorbis" + b"\x42" * 600 in clean.content

    def test_of_mp4_every_offset(self):
        before = made.m4a()
        after = cleaned(before).content
        assert after.index(b"mdat") == before.index(b"mdat")
        assert struct.pack(">I", 0xE1234567) not in after

    def test_of_webm_every_block(self):
        before = made.webm()
        after = cleaned(before).content
        block = made.element(0xA3, b"\x81\0\0\x80" + bytes(40))
        assert after.count(block) == before.count(block) == 10


class TestPdf:
    def test_it_loses_its_makers_and_keeps_its_page(self):
        clean = cleaned(made.pdf())
        assert clean.media_type == "application/pdf"
        assert WORD not in clean.content
        reader = PdfReader(io.BytesIO(clean.content))
        assert len(reader.pages) == 1
        assert not reader.metadata
        assert reader.xmp_metadata is None
        assert not reader.attachments
        image = reader.pages[0].images[0].image
        assert image.size == (60, 40)
        assert not image.getexif()
        note = reader.pages[0]["/Annots"][0].get_object()
        assert note["/Contents"] == "a remark"
        assert "/T" not in note

    def test_one_that_is_locked_is_refused(self):
        assert "locked" in refusal(made.pdf("secret"))

    def test_pictures_that_we_cannot_clean_are_refused(self):
        assert "picture" in refusal(made.pdf(filters=NameObject("/JPXDecode")))
        mixed = ArrayObject([NameObject("/LZWDecode"), NameObject("/DCTDecode")])
        assert "picture" in refusal(made.pdf(filters=mixed))

    @pytest.mark.parametrize("content", [b"%PDF-1.7\n", b"%PDF-1.7\n" + b"junk " * 500, made.pdf()[:900]])
    def test_one_that_cannot_be_read_is_refused(self, content):
        assert "cannot be read" in refusal(content)


class TestHostile:
    def test_nothing_is_no_file(self):
        assert "empty" in refusal(b"")

    def test_a_name_or_type_is_not_believed(self):
        page = b"<!doctype html><script>alert(1)</script>"
        for name in ("song.mp3", "view.jpg", "paper.pdf"):
            with pytest.raises(Refused):
                ingest.clean_file(made.upload(page, name), *ANY)
        assert "recording" in refusal(page, ingest.AUDIO)
        assert "picture" in refusal(made.mp3(), ingest.IMAGE)
        assert "recording" in refusal(made.jpeg(), ingest.AUDIO)
        assert "recording" in refusal(made.pdf(), ingest.AUDIO)

    def test_another_file_behind_a_picture_is_gone(self):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("page.html", CANARY)
        clean = cleaned(made.jpeg() + packed.getvalue())
        assert b"PK" not in clean.content

    def test_a_small_file_that_claims_a_huge_picture_is_refused(self):
        written = io.BytesIO()
        Image.new("1", (9000, 9000)).save(written, "PNG")
        assert written.tell() < 50_000
        assert "pixels" in refusal(written.getvalue())

    def test_too_big_is_told_with_the_limit(self, monkeypatch):
        monkeypatch.setattr(ingest, "AUDIO", ingest.Kind(1000, ingest._audio, "no"))
        assert "at most" in refusal(made.wav(), ingest.AUDIO)

    def test_film_is_no_recording(self):
        assert "more than sound" in refusal(made.m4a(handler=b"vide"))
        assert "no sound" in refusal(made.m4a(codec=b"avc1"))
        assert "sound alone" in refusal(made.webm(track_type=1))
        assert "sound alone" in refusal(made.webm(codec=b"A_VORBIS"))
        assert "sound alone" in refusal(made.webm(doc_type=b"matroska"))

    def test_sound_in_another_file_is_refused(self):
        content = made.m4a().replace(b"url \0\0\0\x01", b"url \0\0\0\0")
        assert "another file" in refusal(content)

    def test_two_recordings_in_one_are_refused(self):
        content = made.opus()
        first = content[: content.index(b"OggS", 4)]
        assert "more than one" in refusal(first + content)

    @pytest.mark.parametrize("media_type", RECORDINGS)
    def test_a_file_that_was_cut_off_is_clean_or_refused(self, media_type):
        content = RECORDINGS[media_type]()
        for length in range(1, len(content), max(1, len(content) // 120)):
            try:
                assert WORD not in cleaned(content[:length], ingest.AUDIO).content
            except Refused as refused:
                assert refused.field == "file"  # noqa: PT017

    @given(
        st.sampled_from([made.wav, made.mp3, made.aac, made.opus, made.vorbis, made.m4a, made.webm]),
        st.data(),
    )
    def test_a_damaged_file_is_clean_or_refused(self, build, data):
        content = bytearray(build()[:6000])
        for _turn in range(data.draw(st.integers(1, 6))):
            at = data.draw(st.integers(0, len(content) - 1))
            content[at] = data.draw(st.integers(0, 255))
        for clean in (
            riff.clean, ogg.clean, matroska.clean, mp4.clean, frames.clean_mpeg, frames.clean_adts,
        ):  # fmt: skip
            try:
                clean(bytes(content))
            except exceptions.NotClean as error:
                assert error.sentence  # noqa: PT017

    @pytest.mark.parametrize("start", [b"%PDF-", b"OggS", b"\x1a\x45\xdf\xa3", b"ID3", b"\xff\xfb"])
    @given(noise=st.binary(max_size=300))
    def test_noise_is_refused(self, start, noise):
        with pytest.raises(Refused):
            cleaned(start + noise)


def test_a_jpeg_in_a_pdf_keeps_its_picture():
    clean = pdf.clean_jpeg(made.jpeg())
    assert WORD not in clean
    assert Image.open(io.BytesIO(clean)).convert("RGB").getpixel((5, 5))
