"""Pictures of pages."""

from pathlib import PurePath

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest

#: What a rendition can be. An SVG or anything that a browser might run is never among them.
TYPES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}


def picture(request: HttpRequest, name: str) -> FileResponse:
    """A rendition as Wagtail made it. Its name changes with its content, so it may be kept for a year.

    Originals, documents and whatever else lies in the storage are not served from here. In production the
    web server before us may answer these addresses itself.
    """
    content_type = TYPES.get(PurePath(name).suffix.lower())
    path = f"images/{name}"
    if content_type is None or PurePath(name).name != name or not default_storage.exists(path):
        raise Http404
    response = FileResponse(default_storage.open(path), content_type=content_type)
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
