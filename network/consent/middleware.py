"""The gate at the door of HTTP: outside every cache, inside compression."""

from collections.abc import Callable

from asgiref.sync import sync_to_async
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

from network.consent.egress import Bound, bind
from network.consent.tokens import MARK
from network.foundations.viewer import Viewer, anonymous

_MARK = MARK.encode()

#: Content type to exit and format. What is not listed leaves as it is, with its tokens inert.
_DOORS = {
    "text/html": ("page", "html"),
    "application/xhtml+xml": ("page", "html"),
    "application/json": ("api", "json"),
    "application/ld+json": ("api", "json"),
    "application/geo+json": ("api", "json"),
    "application/problem+json": ("api", "json"),
    "application/xml": ("feed", "xml"),
    "text/xml": ("feed", "xml"),
    "application/rss+xml": ("feed", "xml"),
    "application/atom+xml": ("feed", "xml"),
    "application/feed+json": ("feed", "json"),
    "text/calendar": ("calendar", "ics"),
    "text/csv": ("table", "csv"),
    "text/plain": ("text", "text"),
}

# In the administration tokens stay tokens: that is what its forms store. A preview is a request of its own.
_CMS = "/cms/"


class EgressMiddleware:
    """Turns tokens in responses into what the requester may read; a page without tokens pays one search."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        door = _door(request, response)
        if door is None:
            return response
        if isinstance(response, StreamingHttpResponse):
            return _bind_stream(request, response, *door)
        if _MARK in response.content:
            _bind_whole(request, response, *door)
        return response


def _door(request: HttpRequest, response: HttpResponseBase) -> tuple[str, str] | None:
    is_preview = getattr(request, "is_preview", False)
    if response.has_header("Content-Encoding") or (request.path.startswith(_CMS) and not is_preview):
        return None
    media_type = response.get("Content-Type", "").partition(";")[0].strip().lower()
    door = _DOORS.get(media_type)
    if door and door[0] == "page":
        return ("preview" if is_preview else getattr(request, "consent_exit", "page"), "html")
    return door


def _viewer(request: HttpRequest) -> Viewer:
    return getattr(request, "viewer", None) or anonymous(getattr(request, "LANGUAGE_CODE", None))


def _bind_bytes(
    request: HttpRequest, charset: str, content: bytes, exit: str, format: str
) -> tuple[bytes, Bound]:
    """What is not text in the charset that it claims leaves as it is."""
    try:
        place = getattr(request, "consent_place", "")
        bound = bind(_viewer(request), content.decode(charset), exit=exit, format=format, place=place)
        return bound.text.encode(charset, "xmlcharrefreplace"), bound
    except (UnicodeError, LookupError):
        return content, Bound("", held=True)


def _bind_whole(request: HttpRequest, response: HttpResponse, exit: str, format: str) -> None:
    response.content, bound = _bind_bytes(request, response.charset, response.content, exit, format)
    _mark(response, bound)
    if response.has_header("Content-Length"):
        response["Content-Length"] = str(len(response.content))


def _bind_stream(
    request: HttpRequest, response: StreamingHttpResponse, exit: str, format: str
) -> StreamingHttpResponse:
    """A stream of a type that can hold tokens is gathered, for a token may be cut in two anywhere.

    Rooms that stream much bind before they serialise; files and events have other types and pass by.
    """
    if response.is_async:
        response.streaming_content = _gather(request, response, exit, format)
        _mark(response, Bound("", held=True, indexable=False))
        return response
    content = b"".join(response.streaming_content)
    if _MARK in content or (format == "ics" and b"tk:" in content):
        content, bound = _bind_bytes(request, response.charset, content, exit, format)
        _mark(response, bound)
    response.streaming_content = [content]
    return response


async def _gather(request: HttpRequest, response: StreamingHttpResponse, exit: str, format: str):
    content = b"".join([chunk async for chunk in response.streaming_content])
    if _MARK in content:
        content, _bound = await sync_to_async(_bind_bytes)(request, response.charset, content, exit, format)
    yield content


def _mark(response: HttpResponseBase, bound: Bound) -> None:
    """What was made for one reader is kept by nobody else and cannot be asked after ('not modified')."""
    response["Cache-Control"] = "private, no-store"
    for header in ("ETag", "Last-Modified", "Expires"):
        if response.has_header(header):
            del response[header]
    patch_vary_headers(response, ["Cookie", "Accept-Language"])
    if bound.released or not bound.indexable:
        allowed = [] if bound.indexable else ["noindex"]
        response["X-Robots-Tag"] = ", ".join([*allowed, "noarchive", "noai", "noimageai"])
