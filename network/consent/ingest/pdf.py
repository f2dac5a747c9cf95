"""PDF: its pages in a new document, without who made it, when, with what, and what is attached.

Photographs in it lose what the camera wrote. A document that is locked, or that holds a picture whose
description we cannot take out, is refused.
"""

import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, StreamObject

from network.consent.ingest.exceptions import NotClean

MOST_PAGES = 500
_MOST_PICTURE = 50 * 1024 * 1024
#: What tells of people, times and programs, and what does something by itself.
_TELLING = (
    "/Metadata", "/PieceInfo", "/LastModified", "/AA", "/AF", "/EmbeddedFiles", "/JavaScript", "/Thumb",
    "/ModDate", "/CreationDate", "/StructParent", "/StructParents", "/B",
)  # fmt: skip
#: Notes that readers put on a page, and links: their authors' names go, files and films in them go whole.
_NOTE_TELLS = ("/T", "/M", "/NM", "/A", "/PA", "/Popup", "/RC")
_NOTES_KEPT = {
    "/Widget", "/FreeText", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine", "/Highlight",
    "/Underline", "/Squiggly", "/StrikeOut", "/Stamp", "/Ink",
}  # fmt: skip


def is_one(start: bytes) -> bool:
    return start[:5] == b"%PDF-"


def clean(content: bytes) -> bytes | None:
    if not is_one(content):
        return None
    try:
        return _written_anew(content)
    except NotClean:
        raise
    except Exception:
        # A library that reads what strangers send fails in many ways; none of them may stop us here.
        raise NotClean(_("This PDF cannot be read. Print it to a new PDF file and send that.")) from None


def _written_anew(content: bytes) -> bytes:
    reader = PdfReader(BytesIO(content))
    if reader.is_encrypted:
        raise NotClean(_("This PDF is locked. Save it without a password."))
    if len(reader.pages) > MOST_PAGES:
        raise NotClean(_("This PDF has more than %(most)s pages. Send it in parts.") % {"most": MOST_PAGES})
    writer = PdfWriter()
    for page in reader.pages:
        _clean_notes(page)
        writer.add_page(page)
    writer.metadata = None
    for thing in _everything(writer):
        _clean_object(thing)
    writer.compress_identical_objects(remove_duplicates=False)
    written = BytesIO()
    writer.write(written)
    return written.getvalue()


def _everything(writer: PdfWriter) -> Iterator[DictionaryObject]:
    """Every dictionary of the document, those inside of others too."""
    waiting: list[Any] = [thing for thing in writer._objects if thing is not None]
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, DictionaryObject):
            yield thing
            waiting += thing.values()
        elif isinstance(thing, ArrayObject):
            waiting += thing


def _clean_notes(page: DictionaryObject) -> None:
    notes = page.get("/Annots")
    if notes is None:
        return
    found = [(reference, reference.get_object()) for reference in notes.get_object()]
    kept = ArrayObject(reference for reference, note in found if note.get("/Subtype") in _NOTES_KEPT)
    for _reference, note in found:
        for name in (*_NOTE_TELLS, "/Parent"):
            note.pop(name, None)
    page[NameObject("/Annots")] = kept


def _clean_object(thing: DictionaryObject) -> None:
    for name in _TELLING:
        thing.pop(name, None)
    if isinstance(thing, StreamObject):
        _clean_stream(thing)


def _clean_stream(stream: StreamObject) -> None:
    named = stream.get("/Filter")
    named = named.get_object() if named is not None else []
    filters = [str(each) for each in named] if isinstance(named, list) else [str(named)]
    if "/JPXDecode" in filters or ("/DCTDecode" in filters and filters[:-1] not in ([], ["/FlateDecode"])):
        raise NotClean(
            _("This PDF holds a picture that we cannot clean. Print it to a new PDF file and send that.")
        )
    if "/DCTDecode" in filters:
        packed = stream._data
        if len(filters) > 1:
            packed = zlib.decompressobj().decompress(packed, _MOST_PICTURE)
            stream.pop("/DecodeParms", None)
        stream._data = clean_jpeg(packed)
        stream[NameObject("/Filter")] = NameObject("/DCTDecode")


def clean_jpeg(content: bytes) -> bytes:
    """The picture without the segments for applications (but the two that say how colors are meant)."""
    if content[:2] != b"\xff\xd8":
        raise NotClean(_("This PDF holds a picture that we cannot read."))
    kept = [b"\xff\xd8"]
    at = 2
    while at + 4 <= len(content):
        marker = content[at + 1]
        if content[at] != 0xFF or marker == 0xD9:
            break
        if marker == 0xFF:
            at += 1
            continue
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        if marker == 0xDA:
            end = _end_of_scan(content, end)
        if not (0xE1 <= marker <= 0xED or marker in (0xEF, 0xFE)):
            kept.append(content[at:end])
        at = end
    return b"".join([*kept, b"\xff\xd9"])


def _end_of_scan(content: bytes, at: int) -> int:
    """Where the next marker stands that belongs to no scan."""
    while True:
        at = content.find(b"\xff", at)
        if at < 0 or at + 1 >= len(content):
            return len(content)
        if content[at + 1] != 0 and not 0xD0 <= content[at + 1] <= 0xD7:
            return at
        at += 2
