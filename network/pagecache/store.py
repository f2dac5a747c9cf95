"""Pages as they are kept: found by what they are made of, so that a stale one is never found."""

import gzip
import hashlib
import os
import time
from collections.abc import Collection
from dataclasses import dataclass, field

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

from network.outbox.models import Stream
from network.pagecache.rules import marks

#: Below this nothing is gained.
_WORTH_PACKING = 200
#: While code is being written, what a former process kept is not ours.
_PROCESS = f"{os.getpid()}:{time.time()}"


@dataclass(frozen=True)
class Kept:
    """A whole page. ``etag`` is empty where it is bound for one reader on its way out; ``packed`` too.

    ``place`` is where it is read, as its view told the gate (``request.consent_place``).
    """

    content: bytes
    headers: dict[str, str]
    expires: float
    etag: str = ""
    packed: bytes = field(default=b"", repr=False)
    place: str = ""

    def response(self, request: HttpRequest) -> HttpResponse:
        packs = self.packed and "gzip" in request.headers.get("Accept-Encoding", "")
        body = self.packed if packs else self.content
        response = HttpResponse(body, headers={**self.headers, "Content-Length": str(len(body))})
        if packs:
            response["Content-Encoding"] = "gzip"
        if self.packed:
            patch_vary_headers(response, ["Accept-Encoding"])
        return response


def versions(tags: Collection[str]) -> list[tuple[str, int]]:
    """Where each tag stands now; one question."""
    found = dict(Stream.objects.filter(name__in=tags).values_list("name", "last_number"))
    return [(tag, found.get(tag, 0)) for tag in sorted(tags)]


def key(request: HttpRequest, made_of: list[tuple[str, int]]) -> str:
    parts = [request.scheme, request.get_host(), request.get_full_path(), get_language(), made_of]
    if settings.DEBUG:
        parts.append(_PROCESS)
    return f"page:{hashlib.sha256(repr(parts).encode()).hexdigest()}"


def find(name: str) -> Kept | None:
    kept = caches["pages"].get(name)
    return kept if kept is not None and kept.expires > time.time() else None


def keep(name: str, response: HttpResponse, seconds: float, place: str = "") -> Kept:
    """Keep ``response`` as it leaves the view, before anything is bound for its reader."""
    content = response.content
    bound_later = any(mark in content for mark in marks)
    kept = Kept(
        content=content,
        headers=dict(response.items()),
        expires=time.time() + seconds,
        etag="" if bound_later else f'W/"{hashlib.sha256(content).hexdigest()[:32]}"',
        packed=b"" if bound_later or len(content) < _WORTH_PACKING else gzip.compress(content, 6, mtime=0),
        place=place,
    )
    caches["pages"].set(name, kept, timeout=max(1, int(seconds) + 1))
    return kept
