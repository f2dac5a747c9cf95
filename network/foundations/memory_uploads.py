"""Forms whose files are held in memory and never become a temporary file of ours.

Django writes an upload above ``FILE_UPLOAD_MAX_MEMORY_SIZE`` to a temporary file. For forms that take what
must not lie anywhere in plain, this handler keeps it in memory instead, up to a limit. What comes before
Django (the buffer of the proxy, that of ASGI) spills into the directories for temporary files of the proxy
and of Python: ``docs/administrator.md`` says how to keep those in memory.
"""

from collections.abc import Callable
from functools import wraps
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

View = Callable[..., HttpResponse]


class MemoryHandler(FileUploadHandler):
    """Keeps up to ``most`` bytes of a request's files; of one that is too big only its size is told."""

    def __init__(self, request: HttpRequest, most: int) -> None:
        super().__init__(request)
        self.most = most
        self.held = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.file = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.held += len(raw_data)
        if self.held <= self.most:
            self.file.write(raw_data)
        else:
            self.file = BytesIO()

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.file.seek(0)
        return InMemoryUploadedFile(
            self.file, self.field_name, self.file_name, self.content_type, file_size, self.charset
        )


def kept_in_memory(most: int) -> Callable[[View], View]:
    """For a view that takes files. Stands below everything that asks who may send them.

    A form is read when its token is looked for, so this looks for it, once the handler is in its place.
    """

    def decorate(view: View) -> View:
        protected = csrf_protect(view)

        @wraps(view)
        def taking(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            request.upload_handlers = [MemoryHandler(request, most)]
            return protected(request, *args, **kwargs)

        return csrf_exempt(taking)

    return decorate
