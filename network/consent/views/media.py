"""The media broker at ``/k/…``: a file of knowledge, for one reader, as long as it is shared with her.

Every request asks the gate, each range of a file too. What may not be read, what is not there and what was
never there have the same answer.
"""

import time
from collections.abc import Iterator
from itertools import chain
from uuid import UUID

from django.conf import settings
from django.core.handlers.asgi import ASGIRequest
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from network.consent import gate, opened
from network.consent.exits import MEDIA, WORKSPACE
from network.consent.gate import SealedFile
from network.consent.models import Part
from network.foundations import ranges
from network.foundations.ranges import Range
from network.foundations.streams import in_turns

#: First as everybody, under the terms; then as holders, who hear their own also while nobody else may.
_EXITS = (MEDIA, WORKSPACE)
#: A long answer asks again, every so many seconds, whether it may go on.
_ASK_AGAIN = 5.0

#: Names that tell nothing. Documents are saved: browsers show none in a sandbox.
_NAMES = {
    "audio/mpeg": "recording.mp3",
    "audio/aac": "recording.aac",
    "audio/ogg": "recording.ogg",
    "audio/wav": "recording.wav",
    "audio/mp4": "recording.m4a",
    "audio/webm": "recording.webm",
    "image/webp": "picture.webp",
    "application/pdf": "document.pdf",
}
_SAVED = {"application/pdf"}


@require_safe
def media(request: HttpRequest, handle: str) -> HttpResponseBase:
    part = _part(handle)
    if request.method == "HEAD":
        return _without_body(request, part)
    try:
        wanted = ranges.asked(_range_header(request), part.size)
    except ranges.Unsatisfiable:
        return _unsatisfiable(request, part)
    exit, sealed = _opened(request, part, begins=wanted is None or wanted.start == 0)
    if settings.CONSENT_MEDIA_ACCEL:
        return _by_nginx(request, part, exit, sealed)
    return _by_ourselves(request, part, exit, sealed, wanted)


def _part(handle: str) -> Part:
    try:
        return Part.objects.exclude(path="").get(handle=UUID(handle))
    except (ValueError, Part.DoesNotExist):
        raise Http404 from None


def _range_header(request: HttpRequest) -> str:
    """Without validators no range can be asked for on a condition: then the whole file is the answer."""
    return "" if "If-Range" in request.headers else request.headers.get("Range", "")


def _opened(request: HttpRequest, part: Part, *, begins: bool) -> tuple[str, SealedFile]:
    for exit in _EXITS:
        sealed = gate.open_media(part, request.viewer, exit, begins=begins)
        if sealed:
            return exit, sealed
    raise Http404


def _check_allowed(request: HttpRequest, part: Part) -> None:
    if not any(gate.media_allowed(part, request.viewer, exit) for exit in _EXITS):
        raise Http404


def _without_body(request: HttpRequest, part: Part) -> HttpResponse:
    _check_allowed(request, part)
    response = HttpResponse()
    response["Content-Length"] = str(part.size)
    return _described(request, response, part)


def _unsatisfiable(request: HttpRequest, part: Part) -> HttpResponse:
    _check_allowed(request, part)
    response = HttpResponse(status=416)
    response["Content-Range"] = f"bytes */{part.size}"
    return _described(request, response, part)


def _by_nginx(request: HttpRequest, part: Part, exit: str, sealed: SealedFile) -> HttpResponse:
    """Open the file where nginx finds it; what stopped meanwhile is taken away again."""
    if not opened.is_open(part.item_id, part.handle):
        try:
            opened.put(part.item_id, part.handle, sealed)
        except gate.Unreadable:
            raise Http404 from None
        if not gate.media_allowed(part, request.viewer, exit):
            opened.clear(part.item_id)
            raise Http404
    response = HttpResponse()
    location = settings.CONSENT_MEDIA_ACCEL.rstrip("/")
    response["X-Accel-Redirect"] = f"{location}/{opened.path_of(part.item_id, part.handle)}"
    return _described(request, response, part)


def _by_ourselves(
    request: HttpRequest, part: Part, exit: str, sealed: SealedFile, wanted: Range | None
) -> StreamingHttpResponse:
    span = wanted or Range(0, part.size)
    chunks = sealed.between(span.start, span.stop)
    try:
        first = next(chunks)
    except gate.Unreadable:
        raise Http404 from None
    body = _whole(chain([first], _watched(chunks, request, part, exit)), len(span))
    is_async = isinstance(request, ASGIRequest)
    response = StreamingHttpResponse(in_turns(body) if is_async else body, status=206 if wanted else 200)
    response["Content-Length"] = str(len(span))
    if wanted:
        response["Content-Range"] = wanted.told(part.size)
    return _described(request, response, part)


def _watched(chunks: Iterator[bytes], request: HttpRequest, part: Part, exit: str) -> Iterator[bytes]:
    """Chunk by chunk for as long as it is shared and can be read."""
    asked = time.monotonic()
    try:
        for chunk in chunks:
            if time.monotonic() - asked > _ASK_AGAIN:
                if not gate.media_allowed(part, request.viewer, exit):
                    return
                asked = time.monotonic()
            yield chunk
    except gate.Unreadable:
        gate.logger.error("consent media ends early: part %s", part.pk)


def _whole(chunks: Iterator[bytes], length: int) -> Iterator[bytes]:
    """As many bytes as were promised: where something ends early, silence follows."""
    for chunk in chunks:
        length -= len(chunk)
        yield chunk
    while length > 0:
        silence = bytes(min(length, 65536))
        length -= len(silence)
        yield silence


def _described(request: HttpRequest, response: HttpResponseBase, part: Part) -> HttpResponseBase:
    """What goes with every answer. Nobody keeps it, asks whether it changed, or uses it elsewhere."""
    how = "attachment" if part.media_type in _SAVED else "inline"
    response["Content-Type"] = part.media_type
    response["Content-Disposition"] = f'{how}; filename="{_NAMES.get(part.media_type, "file")}"'
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = "private, no-store"
    response["Vary"] = "Cookie"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex, noarchive, noai, noimageai"
    # Compressed, the bytes of a range would not be those that were asked for.
    request.META["HTTP_ACCEPT_ENCODING"] = "identity"
    return response
