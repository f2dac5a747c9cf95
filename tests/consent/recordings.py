"""Small files of every kind, each with the canary wherever such a file can tell more than its sound."""

import struct
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from network.consent.ingest.ogg import Page
from tests.consent.factories import CANARY

WORD = CANARY.encode()
BEHIND = b"and then: " + WORD + b" is told to whoever reads on"


def upload(content: bytes, name: str = "x.bin") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


# --- WAV --------------------------------------------------------------------------------------------------


def wav(sound: bytes = bytes(8000)) -> bytes:
    def chunk(name, body):
        return name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)

    info = b"INFO" + chunk(b"INAM", WORD) + chunk(b"IART", WORD)
    body = b"WAVE" + chunk(b"bext", WORD + bytes(600)) + chunk(b"LIST", info)
    body += chunk(b"fmt ", struct.pack("<HHIIHH", 1, 1, 8000, 16000, 2, 16))
    body += chunk(b"data", sound) + chunk(b"id3 ", b"ID3\x03\0\0\0\0\0\x7f" + WORD)
    return chunk(b"RIFF", body) + BEHIND


# --- MP3, AAC ---------------------------------------------------------------------------------------------


def mp3(frames: int = 40) -> bytes:
    header = bytes.fromhex("fffb9064")  # MPEG 1, layer 3, 128 kbit/s, 44100 Hz, joint stereo
    frame = (header + bytes(413)).ljust(417, b"\0")
    table = (header + bytes(32) + b"Info\0\0\0\x01\0\0\0\x28" + b"LAME" + WORD).ljust(417, b"\0")
    id3v2 = b"TIT2" + struct.pack(">IH", len(WORD) + 1, 0) + b"\0" + WORD + b"\xff\xfb\x90\x64" + bytes(200)
    size = len(id3v2)
    opened = b"ID3\x04\0\0" + bytes([size >> 21 & 127, size >> 14 & 127, size >> 7 & 127, size & 127])
    tag = b"TAG" + WORD.ljust(125, b"\0")
    ape = b"APETAGEX" + struct.pack("<IIII", 2000, 32 + 40, 1, 0) + bytes(8) + WORD.ljust(40, b"\0")
    return opened + id3v2 + table + frame * (frames // 2) + ape + frame * (frames // 2) + ape + tag + BEHIND


def aac(frames: int = 10) -> bytes:
    length = 40
    bits = 0xFFF << 44 | 1 << 40 | 1 << 38 | 4 << 34 | 1 << 30 | length << 13 | 0x7FF << 2
    frame = bits.to_bytes(7, "big") + bytes(length - 7)
    return b"ID3\x04\0\0\0\0\0\x10" + WORD.ljust(16) + frame * frames + BEHIND


# --- Ogg --------------------------------------------------------------------------------------------------


def _comments() -> bytes:
    title = b"TITLE=" + WORD
    picture = b"METADATA_BLOCK_PICTURE=" + WORD * 3000
    told = struct.pack("<I", len(WORD)) + WORD + struct.pack("<I", 2)
    return told + struct.pack("<I", len(title)) + title + struct.pack("<I", len(picture)) + picture


def _laced(packet: bytes) -> bytes:
    return b"\xff" * (len(packet) // 255) + bytes([len(packet) % 255])


def _pages_of(packet: bytes, number: int) -> list[Page]:
    lacing, at, pages = _laced(packet), 0, []
    for start in range(0, len(lacing), 255):
        part = lacing[start : start + 255]
        length = sum(part)
        pages.append(Page(1 if start else 0, 0, 7, number + len(pages), part, packet[at : at + length]))
        at += length
    return pages


def opus() -> bytes:
    head = b"OpusHead" + bytes([1, 1]) + struct.pack("<HIh", 312, 48000, 0) + b"\0"
    pages = [Page(2, 0, 7, 0, _laced(head), head)]
    pages += _pages_of(b"OpusTags" + _comments(), 1)
    sound = b"\xfc\xff\xfe" + bytes(100)
    for turn in range(20):
        last = 4 if turn == 19 else 0
        pages.append(Page(last, 960 * (turn + 1), 7, len(pages), _laced(sound), sound))
    written = [page.written() for page in pages]
    return b"".join([*written[:5], b"junk " + WORD, *written[5:], BEHIND])


def vorbis() -> bytes:
    head = b"\x01vorbis" + bytes(21) + b"\xb8\x01"
    setup = b"\x05vorbis" + b"\x42" * 600
    comment = b"\x03vorbis" + _comments() + b"\x01"
    lacing = _laced(comment) + _laced(setup)
    body = comment + setup
    pages, at = [Page(2, 0, 7, 0, _laced(head), head)], 0
    for start in range(0, len(lacing), 255):
        part = lacing[start : start + 255]
        length = sum(part)
        pages.append(Page(1 if start else 0, 0, 7, len(pages), part, body[at : at + length]))
        at += length
    pages.append(Page(4, 960, 7, len(pages), _laced(bytes(50)), bytes(50)))
    return b"".join(page.written() for page in pages) + BEHIND


# --- M4A --------------------------------------------------------------------------------------------------


def box(name: bytes, *inside: bytes) -> bytes:
    body = b"".join(inside)
    return struct.pack(">I", 8 + len(body)) + name + body


def m4a(handler: bytes = b"soun", codec: bytes = b"mp4a") -> bytes:
    made = struct.pack(">II", 0xE1234567, 0xE1234567)  # a moment in 2023
    told = box(b"udta", box(b"\xa9nam", WORD), box(b"meta", bytes(4), box(b"\xa9xyz", WORD)))
    entry = box(codec, bytes(28))
    stbl = box(b"stbl", box(b"stsd", bytes(4), struct.pack(">I", 1), entry), box(b"stco", bytes(8)))
    dinf = box(b"dinf", box(b"dref", bytes(4), struct.pack(">I", 1), box(b"url ", b"\0\0\0\x01")))
    minf = box(b"minf", box(b"smhd", bytes(8)), dinf, stbl)
    hdlr = box(b"hdlr", bytes(8), handler, bytes(12), WORD + b"\0")
    mdia = box(b"mdia", box(b"mdhd", bytes(4), made, bytes(12)), hdlr, minf)
    trak = box(b"trak", box(b"tkhd", bytes(4), made, bytes(72)), mdia, told)
    moov = box(b"moov", box(b"mvhd", bytes(4), made, bytes(88)), trak, told)
    sound = box(b"mdat", b"\x21\x10" * 200)
    return (
        box(b"ftyp", b"M4A \0\0\0\0M4A mp42")
        + moov
        + box(b"free", WORD)
        + sound
        + box(b"uuid", bytes(16) + WORD)
        + BEHIND
    )


# --- WebM -------------------------------------------------------------------------------------------------


def element(name: int, *inside: bytes, unknown: bool = False) -> bytes:
    body = b"".join(inside)
    size = b"\x01" + (b"\xff" * 7 if unknown else len(body).to_bytes(7, "big"))
    return name.to_bytes((name.bit_length() + 7) // 8, "big") + size + body


def webm(track_type: int = 2, codec: bytes = b"A_OPUS", doc_type: bytes = b"webm") -> bytes:
    opening = element(0x1A45DFA3, element(0x4282, doc_type), element(0x4287, b"\x04"))
    info = element(
        0x1549A966,
        element(0x2AD7B1, b"\x0f\x42\x40"),
        element(0x7BA9, WORD),  # title
        element(0x4461, bytes(8)),  # date
        element(0x4D80, WORD),
        element(0x5741, WORD),
    )
    track = element(
        0xAE,
        element(0xD7, b"\x01"),
        element(0x83, bytes([track_type])),
        element(0x536E, WORD),  # name
        element(0x86, codec),
        element(0x63A2, b"OpusHead" + bytes(11)),
        element(0xE1, element(0x9F, b"\x01")),
    )
    blocks = [element(0xA3, b"\x81\0\0\x80" + bytes(40)) for _turn in range(5)]
    cluster = element(0x1F43B675, element(0xE7, b"\0"), *blocks, unknown=True)
    tags = element(0x1254C367, element(0x7373, WORD), element(0xEC, WORD))
    return (
        opening
        + element(0x18538067, info, element(0x1654AE6B, track), tags, cluster, cluster, unknown=True)
        + tags
        + BEHIND
    )


# --- pictures, PDF ----------------------------------------------------------------------------------------


def jpeg(size: tuple[int, int] = (60, 40)) -> bytes:
    picture = Image.new("RGB", size, (90, 140, 70))
    exif = Image.Exif()
    exif[0x010E] = CANARY  # description
    exif[0x8825] = {1: "N", 2: (12.0, 34.0, 56.0), 3: "E", 4: (65.0, 43.0, 21.0), 29: CANARY}
    written = BytesIO()
    picture.save(written, "JPEG", exif=exif, comment=WORD)
    return written.getvalue() + BEHIND


def png() -> bytes:
    from PIL.PngImagePlugin import PngInfo

    told = PngInfo()
    told.add_text("Title", CANARY)
    told.add_itxt("XML:com.adobe.xmp", f"<x>{CANARY}</x>")
    written = BytesIO()
    Image.new("RGBA", (30, 30), (0, 0, 0, 90)).save(written, "PNG", pnginfo=told)
    return written.getvalue() + BEHIND


def pdf(password: str = "", filters: object = None) -> bytes:
    writer = PdfWriter()
    page = writer.add_blank_page(200, 200)
    picture = StreamObject()
    picture._data = jpeg()
    picture.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Image"),
            NameObject("/Width"): NumberObject(60),
            NameObject("/Height"): NumberObject(40),
            NameObject("/ColorSpace"): NameObject("/DeviceRGB"),
            NameObject("/BitsPerComponent"): NumberObject(8),
            NameObject("/Filter"): filters or NameObject("/DCTDecode"),
        }
    )
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/XObject"): DictionaryObject({NameObject("/Im0"): writer._add_object(picture)})}
    )
    page[NameObject("/PieceInfo")] = DictionaryObject({NameObject("/X"): TextStringObject(CANARY)})
    note = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/FreeText"),
            NameObject("/T"): TextStringObject(CANARY),
            NameObject("/Contents"): TextStringObject("a remark"),
            NameObject("/Rect"): ArrayObject(NumberObject(n) for n in (0, 0, 50, 50)),
        }
    )
    page[NameObject("/Annots")] = ArrayObject([writer._add_object(note)])
    writer.add_metadata({"/Author": CANARY, "/Title": CANARY, "/GPS": CANARY})
    writer.xmp_metadata = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'><a>{CANARY}</a></x:xmpmeta>".encode()
    writer.add_attachment("diary.txt", WORD)
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(
        {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject(CANARY)}
    )
    if password:
        writer.encrypt(password)
    written = BytesIO()
    writer.write(written)
    return written.getvalue() + BEHIND
