"""A community's own copy of what was said in it, for those who look after it."""

import io
import zipfile
from collections.abc import Iterator

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from communities.forums.exporting import Copy, parts
from communities.policies import can_facilitate
from communities.views.common import crumbs, find_community, shell
from network.foundations.streams import in_turns


@login_required
def export(request: HttpRequest, community: str) -> HttpResponseBase:
    """Says what is in the copy; sends it when asked to."""
    here = find_community(request, community)
    if not can_facilitate(request.viewer, here):
        raise PermissionDenied(_("This is for those who look after the community."))
    if request.method != "POST":
        return _page(request, shell(request, here, "export", trail=crumbs(here)))
    stream = _zipped(Copy(here, request.viewer))
    response = StreamingHttpResponse(
        in_turns(stream) if isinstance(request, ASGIRequest) else stream, content_type="application/zip"
    )
    response["Content-Disposition"] = f'attachment; filename="{here.pk}-community.zip"'
    response["Cache-Control"] = "private, no-store"
    return response


def _page(request: HttpRequest, context: dict) -> HttpResponse:
    return render(request, "forums/export/index.html", context)


class _Outlet(io.RawIOBase):
    """Takes what the archive writes until somebody fetches it."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece: bytes) -> int:  # type: ignore[override]
        self.pieces.append(bytes(piece))
        return len(piece)

    def fetch(self) -> bytes:
        found, self.pieces = b"".join(self.pieces), []
        return found


def _zipped(copy: Copy) -> Iterator[bytes]:
    """The archive as it grows; no more of it is in memory than one piece."""
    outlet = _Outlet()
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[arg-type]
        for name, content in parts(copy):
            with archive.open(name, "w", force_zip64=True) as entry:
                for piece in content:
                    entry.write(piece)
                    if ready := outlet.fetch():
                        yield ready
    yield outlet.fetch()
