"""Recordings, pictures and documents on their way into the vault: known by what is in them, and cleaned.

Beside what is seen or heard, a file tells where and when it was made, with what and by whom. All of that is
taken out before anything is sealed: pictures are decoded and written anew, recordings and documents keep
only what this package knows to be needed. What cannot be cleaned is refused.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.consent.ingest import frames, matroska, mp4, ogg, pdf, riff
from network.consent.ingest.exceptions import NotClean
from network.foundations import uploads
from network.foundations.exceptions import Refused

MAX_AUDIO = 50 * uploads.MEGABYTE
MAX_IMAGE = 15 * uploads.MEGABYTE
MAX_DOCUMENT = 20 * uploads.MEGABYTE
#: No file of these forms is bigger.
MOST = max(MAX_AUDIO, MAX_IMAGE, MAX_DOCUMENT)

FIELD = "file"


@dataclass(frozen=True)
class Clean:
    """A file as it may be sealed."""

    content: bytes = field(repr=False)
    media_type: str


@dataclass(frozen=True)
class Kind:
    """What a file can be: how big, which content it is known by, what is said if it is not."""

    max_size: int
    clean: Callable[[UploadedFile], Clean | None]
    otherwise: str | Promise


#: Each looks into the content, and tells nothing (``None``) if that is of another kind.
_AUDIO: list[tuple[str, Callable[[bytes], bytes | None]]] = [
    ("audio/wav", riff.clean),
    ("audio/ogg", ogg.clean),
    ("audio/webm", matroska.clean),
    ("audio/mp4", mp4.clean),
    ("audio/mpeg", frames.clean_mpeg),
    ("audio/aac", frames.clean_adts),
]


def _audio(file: UploadedFile) -> Clean | None:
    content = _content(file)
    for media_type, clean in _AUDIO:
        cleaned = clean(content)
        if cleaned is not None:
            return Clean(cleaned, media_type)
    return None


def _image(file: UploadedFile) -> Clean | None:
    picture = uploads.clean_image(file, max_size=MAX_IMAGE)
    return Clean(picture.read(), "image/webp")


def _document(file: UploadedFile) -> Clean | None:
    cleaned = pdf.clean(_content(file))
    return None if cleaned is None else Clean(cleaned, "application/pdf")


AUDIO = Kind(
    MAX_AUDIO,
    _audio,
    gettext_lazy("This file is not a recording that we can read. Use MP3, Ogg, WAV, M4A or WebM."),
)
IMAGE = Kind(
    MAX_IMAGE,
    _image,
    gettext_lazy("This file is not a picture that we can read. Use a JPEG, PNG, WebP, AVIF or GIF file."),
)
DOCUMENT = Kind(MAX_DOCUMENT, _document, gettext_lazy("This file is not a PDF that we can read."))


def clean_file(file: UploadedFile, *kinds: Kind) -> Clean:
    """``file`` as one of ``kinds``, without anything but what is seen or heard; raises ``Refused``."""
    kind = _kind_of(file, kinds)
    _check_size(file, kind.max_size)
    try:
        cleaned = kind.clean(file)
    except NotClean as error:
        raise Refused(error.sentence, FIELD) from None
    except ValidationError as error:
        raise Refused(error.messages[0], FIELD) from None
    if cleaned is None:
        raise Refused(kind.otherwise, FIELD)
    return cleaned


def _kind_of(file: UploadedFile, kinds: tuple[Kind, ...]) -> Kind:
    """By the first bytes alone; what is neither a recording nor a document is treated as a picture."""
    file.seek(0)
    start = file.read(1024)
    guessed = IMAGE
    if pdf.is_one(start):
        guessed = DOCUMENT
    elif any(sound.is_one(start) for sound in (riff, ogg, matroska, mp4, frames)):
        guessed = AUDIO
    return guessed if guessed in kinds else kinds[0]


def _content(file: UploadedFile) -> bytes:
    file.seek(0)
    return file.read()


def _check_size(file: UploadedFile, most: int) -> None:
    if not file.size:
        raise Refused(_("This file is empty. Choose it again."), FIELD)
    if file.size > most:
        raise Refused(
            _("This file has %(size)s. It may have at most %(limit)s.")
            % {"size": filesizeformat(file.size), "limit": filesizeformat(most)},
            FIELD,
        )
