"""Files that people send: looked into, never believed by their name.

Pictures are decoded and written anew, so that nothing but pixels is kept: no place, no camera, no name,
no script behind the last byte. Documents are recognised by what is in them.
"""

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse
from django.template.defaultfilters import filesizeformat
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

MEGABYTE = 1024 * 1024
MAX_IMAGE = 5 * MEGABYTE
MAX_DOCUMENT = 20 * MEGABYTE
#: A tiny file may claim a picture of gigabytes; real photographs stay below this.
MAX_PIXELS = 60_000_000
#: The longer side of what is kept: sharp on every screen, small for every line.
LONGEST_SIDE = 2400
_IMAGE_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")


# --- pictures ---------------------------------------------------------------------------------------------


def clean_image(
    file: UploadedFile, *, max_size: int = MAX_IMAGE, longest_side: int = LONGEST_SIDE
) -> ContentFile:
    """The picture in ``file`` as a new WebP file; raises ``ValidationError`` with what to do."""
    _check_size(file, max_size)
    try:
        picture = _decode(file)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError, EOFError):
        raise ValidationError(
            _("This file is not a picture that we can read. Use a JPEG, PNG, WebP, AVIF or GIF file."),
            code="not_an_image",
        ) from None
    picture.thumbnail((longest_side, longest_side))
    written = BytesIO()
    picture.save(written, "WEBP", quality=82, method=4)
    return ContentFile(written.getvalue(), name=f"{_stem(file, 'picture')}.webp")


def _decode(file: UploadedFile) -> Image.Image:
    """All pixels upright in plain colors; the first picture where there are several."""
    file.seek(0)
    with Image.open(file, formats=_IMAGE_FORMATS) as opened:
        if opened.width * opened.height > MAX_PIXELS:
            raise ValidationError(
                _("This picture has too many pixels. Save it with at most 8,000 × 7,000."),
                code="too_many_pixels",
            )
        opened.load()
        upright = ImageOps.exif_transpose(opened)
        see_through = upright.has_transparency_data
        return upright.convert("RGBA" if see_through else "RGB")


# --- documents --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Kind:
    """A sort of document: how its file ends, what it is called on the line, how it is recognised."""

    suffix: str
    content_type: str
    is_in: Callable[[UploadedFile], bool]


def clean_document(file: UploadedFile, *, max_size: int = MAX_DOCUMENT) -> UploadedFile:
    """``file`` with the name and type that its content calls for; raises ``ValidationError``."""
    _check_size(file, max_size)
    suffix = PurePath(file.name or "").suffix.lower()
    for kind in KINDS:
        if kind.suffix == suffix and _recognised(kind, file):
            file.seek(0)
            file.name = f"{_stem(file, 'document')}{suffix}"
            file.content_type = kind.content_type
            return file
    raise ValidationError(
        _(
            "This is not a document that we can take. "
            "Use PDF, Word, Excel, PowerPoint, OpenDocument, text or CSV."
        ),
        code="not_a_document",
    )


def as_attachment(file: object, name: str) -> FileResponse:
    """A stored document on its way out: always to be saved, never shown in our place."""
    response = FileResponse(file, as_attachment=True, filename=name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _recognised(kind: Kind, file: UploadedFile) -> bool:
    file.seek(0)
    try:
        return kind.is_in(file)
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError, RuntimeError):
        return False


def _starts_with(signature: bytes) -> Callable[[UploadedFile], bool]:
    return lambda file: file.read(len(signature)) == signature


def _office(part: str) -> Callable[[UploadedFile], bool]:
    """A Microsoft document: a zip with its main part, and without macros."""

    def is_in(file: UploadedFile) -> bool:
        with zipfile.ZipFile(file) as parts:
            names = set(parts.namelist())
        macros = any(name.lower().endswith(("vbaproject.bin", "vbadata.xml")) for name in names)
        return {"[Content_Types].xml", part} <= names and not macros

    return is_in


def _open_document(content_type: str) -> Callable[[UploadedFile], bool]:
    """An OpenDocument file: a zip that names its type, and without macros."""

    def is_in(file: UploadedFile) -> bool:
        with zipfile.ZipFile(file) as parts:
            names = parts.namelist()
            if "mimetype" not in names or parts.getinfo("mimetype").file_size > 200:
                return False
            named = parts.read("mimetype").decode("ascii").strip()
        return named == content_type and not any(name.startswith(("Basic/", "Scripts/")) for name in names)

    return is_in


def _is_text(file: UploadedFile) -> bool:
    """Readable throughout: UTF-16 with its mark, or UTF-8 or one of the old tables without controls."""
    content = file.read()
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        content.decode("utf-16")
        return True
    return not any(byte < 32 and byte not in b"\t\n\r\f" for byte in set(content))


_OOXML = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"
KINDS = [
    Kind(".pdf", "application/pdf", _starts_with(b"%PDF-")),
    Kind(".docx", f"{_OOXML}.wordprocessingml.document", _office("word/document.xml")),
    Kind(".xlsx", f"{_OOXML}.spreadsheetml.sheet", _office("xl/workbook.xml")),
    Kind(".pptx", f"{_OOXML}.presentationml.presentation", _office("ppt/presentation.xml")),
    Kind(".odt", f"{_ODF}.text", _open_document(f"{_ODF}.text")),
    Kind(".ods", f"{_ODF}.spreadsheet", _open_document(f"{_ODF}.spreadsheet")),
    Kind(".txt", "text/plain", _is_text),
    Kind(".csv", "text/csv", _is_text),
]


# --- both -------------------------------------------------------------------------------------------------


def _check_size(file: UploadedFile, max_size: int) -> None:
    if not file.size:
        raise ValidationError(_("This file is empty. Choose it again."), code="empty")
    if file.size > max_size:
        raise ValidationError(
            _("This file has %(size)s. It may have at most %(limit)s."),
            params={"size": filesizeformat(file.size), "limit": filesizeformat(max_size)},
            code="too_large",
        )


def _stem(file: UploadedFile, fallback: str) -> str:
    """The name that the file came with, short and without what a file system or a header could trip on."""
    try:
        return get_valid_filename(PurePath(file.name or "").stem)[:80].strip("._-") or fallback
    except ValueError:
        return fallback
