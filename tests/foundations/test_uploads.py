"""Files that people send."""

import struct
import zipfile
import zlib
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from network.foundations import uploads

PLACE = 0x8825  # where the camera stood


def upload(content, name="photo.jpg"):
    return SimpleUploadedFile(name, content)


def picture(fmt="JPEG", size=(60, 40), mode="RGB", color="seagreen", **options):
    written = BytesIO()
    Image.new(mode, size, color).save(written, fmt, **options)
    return written.getvalue()


def photograph_with_place():
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned
    exif[0x010F] = "Maker of cameras"
    exif.get_ifd(PLACE)[2] = (1.0, 17.0, 3.0)
    return picture(exif=exif)


def refused(clean, file):
    with pytest.raises(ValidationError) as error:
        clean(file)
    return error.value


def test_a_picture_is_written_anew_upright_and_knows_nothing_of_its_camera():
    original = photograph_with_place()
    assert Image.open(BytesIO(original)).getexif().get_ifd(PLACE)
    clean = uploads.clean_image(upload(original, "Dr. Achieng in the field.JPG"))
    result = Image.open(clean)
    assert (result.format, result.size) == ("WEBP", (40, 60))
    assert not result.getexif()
    assert "exif" not in result.info
    assert b"Maker" not in clean.file.getvalue()
    assert clean.name == "Dr._Achieng_in_the_field.webp"


@pytest.mark.parametrize("fmt", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
def test_the_usual_formats_are_taken(fmt):
    assert Image.open(uploads.clean_image(upload(picture(fmt)))).format == "WEBP"


def test_see_through_stays_see_through_and_large_becomes_smaller():
    clean = Image.open(uploads.clean_image(upload(picture("PNG", (3000, 100), "RGBA", (0, 0, 0, 0)))))
    assert clean.mode == "RGBA"
    assert clean.size == (2400, 80)


def test_a_script_behind_the_picture_is_gone():
    clean = uploads.clean_image(upload(picture() + b"<script>alert(1)</script>"))
    assert b"script" not in clean.read()


def bomb():
    """A PNG of a few bytes that claims a picture of 2.5 gigapixels."""
    header = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + header
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"MZ\x90\x00\x03\x00\x00\x00" + b"\x00" * 500, "not_an_image"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "not_an_image"),
        (b"%PDF-1.7 ...", "not_an_image"),
        (picture()[:200], "not_an_image"),
        (picture("BMP"), "not_an_image"),
        (b"x" * (5 * uploads.MEGABYTE + 1), "too_large"),
    ],
)
def test_what_is_no_picture_is_refused_with_a_sentence(content, code):
    error = refused(uploads.clean_image, upload(content))
    assert error.code == code
    assert error.messages[0].endswith(".")


def test_a_bomb_is_refused_before_it_is_opened():
    assert refused(uploads.clean_image, upload(bomb())).code in ("too_many_pixels", "not_an_image")


def test_fifty_megabytes_are_told_as_such():
    file = upload(b"x")
    file.size = 50 * uploads.MEGABYTE
    assert "50.0" in refused(uploads.clean_image, file).messages[0]


def office(*names, **texts):
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as parts:
        for name in names:
            parts.writestr(name, "<x/>")
        for name, text in texts.items():
            parts.writestr(name, text)
    return written.getvalue()


WORD = office("[Content_Types].xml", "word/document.xml")


@pytest.mark.parametrize(
    ("name", "content", "content_type"),
    [
        ("a.pdf", b"%PDF-1.7\n...", "application/pdf"),
        ("a.docx", WORD, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (
            "a.odt",
            office("content.xml", mimetype="application/vnd.oasis.opendocument.text"),
            "application/vnd.oasis.opendocument.text",
        ),
        ("a.csv", "pays;espèces\nKenya;12\n".encode("latin-1"), "text/csv"),
        ("a.txt", "текст".encode("utf-16"), "text/plain"),
    ],
)
def test_documents_are_known_by_their_content(name, content, content_type):
    clean = uploads.clean_document(upload(content, name))
    assert clean.content_type == content_type
    assert clean.read() == content


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"MZ\x90\x00"),
        ("a.pdf", WORD),
        ("a.docx", b"PK\x03\x04 broken"),
        ("a.docx", office("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")),
        ("a.docm", WORD),
        ("a.docx", office("evil.exe")),
        ("a.odt", office(mimetype="application/x-evil")),
        ("a.txt", b"MZ\x90\x00\x03"),
        ("a.html", b"<script>alert(1)</script>"),
        ("a.svg", b"<svg/>"),
        ("a.exe", b"MZ"),
        ("noname", b"text"),
    ],
)
def test_what_is_no_document_is_refused(name, content):
    assert refused(uploads.clean_document, upload(content, name)).code == "not_a_document"


def test_a_name_is_made_harmless():
    file = upload(b"%PDF-1", "x.pdf")
    file._name = '../..\\"><script>\r\nX-Evil: 1.pdf'
    name = uploads.clean_document(file).name
    assert name.endswith(".pdf")
    assert not set(name) & set('/\\"<>\r\n')


def test_documents_go_out_to_be_saved_never_to_be_shown():
    response = uploads.as_attachment(BytesIO(b"x"), "étude.pdf")
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
