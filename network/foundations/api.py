"""The public interface for programs: what each room offers under ``/api/v1/``.

Rooms register a router in ``AppConfig.ready()``; the roof calls ``build`` once and mounts the result. Every
endpoint answers what its caller may see, anonymous or signed in, and every error has the same shape::

    {"error": {"code": "not_found", "message": "...", "fields": {"name": ["..."]}}}
"""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.exceptions import ValidationError as FormError
from django.core.signals import got_request_exception
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseForbidden, JsonResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Router
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.security.base import AuthBase
from ninja.throttling import BaseThrottle

from network.foundations import ratelimit
from network.foundations.exceptions import Refused
from network.foundations.pager import KeysetPage
from network.foundations.registry import Registry

logger = logging.getLogger(__name__)

#: Path below ``/api/v1/`` to router; the roof mounts them all.
routers: Registry[Router] = Registry("API routers")

#: What changes nothing.
READING = ("GET", "HEAD", "OPTIONS")
_CALLS_A_MINUTE = 240


class _OwnPages(CsrfViewMiddleware):
    """Django's check of where a request comes from, without the page that it shows to people."""

    def __init__(self) -> None:
        super().__init__(lambda request: HttpResponse())

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        return HttpResponseForbidden()

    def lets_through(self, request: HttpRequest) -> bool:
        request.csrf_processing_done = False  # type: ignore[attr-defined]
        self.process_request(request)
        return self.process_view(request, lambda request: HttpResponse(), (), {}) is None


class Key(AuthBase):
    """Anybody may read what she may see; with the key of a person, which ``accounts.programs`` looks at
    before the call comes here, what that person may see."""

    openapi_type = "http"
    openapi_scheme = "bearer"
    openapi_bearerFormat = "bpn_..."
    openapi_description = (
        "A key that a person made under Settings > Keys for programs. It reads and never writes; "
        "without it a call gets what everybody may see."
    )

    def __call__(self, request: HttpRequest) -> bool:
        return request.method in READING


class Session(AuthBase):
    """Who writes is signed in and comes from our own pages."""

    openapi_type = "apiKey"
    openapi_in = "cookie"
    openapi_name = settings.SESSION_COOKIE_NAME
    openapi_description = "The session of a person who is signed in to the site."

    def __call__(self, request: HttpRequest) -> bool:
        return request.user.is_authenticated and _OwnPages().lets_through(request)


class Interface(NinjaAPI):
    """With a description that says what needs no key: reading."""

    def get_openapi_schema(self, *, path_prefix: str | None = None, **more: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(path_prefix=path_prefix, **more)
        for calls in schema["paths"].values():
            for method, call in calls.items():
                reads = method.upper() in READING
                ways = [way for way in call["security"] if reads or Key.__name__ not in way]
                # An empty way says that none is needed.
                call["security"] = [*ways, {}] if reads else ways
        return schema


class Pace(BaseThrottle):
    """So many calls a minute for each person or address."""

    def allow_request(self, request: HttpRequest) -> bool:
        try:
            ratelimit.limit("api", ratelimit.who_is(request), times=_CALLS_A_MINUTE, seconds=60)
        except ratelimit.TooOften:
            return False
        return True

    def wait(self) -> float:
        return 60 - time.time() % 60


def build() -> NinjaAPI:
    """The whole interface, with the routers of every room."""
    api = Interface(
        title="Biodiversity Practitioners’ Network",
        version="1",
        description="What the network shows, for programs. Answers hold what the caller may see.",
        openapi_url="/openapi.json",
        docs_url=None,
        urls_namespace="api",
        auth=[Key(), Session()],
        throttle=Pace(),
    )
    for name, router in routers.items():
        api.add_router(f"/{name}", router, tags=[name])
    _answer_errors(api)
    return api


def page_of(request: HttpRequest, page: KeysetPage, items: list[Any]) -> dict[str, Any]:
    """One page of a list: its items and the address of the next page, if there is one."""
    following = None
    if page.next:
        query = request.GET.copy()
        query["cursor"] = page.next
        following = request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
    return {"items": items, "next": following}


def error(status: int, code: str, message: str, **more: Any) -> JsonResponse:
    return JsonResponse({"error": {"code": code, "message": message} | more}, status=status)


def nothing_here(request: HttpRequest) -> JsonResponse:
    """Any address below ``/api/`` that there is not."""
    return error(404, "not_found", _("There is nothing at this address."))


def _answer_errors(api: NinjaAPI) -> None:
    """One shape for whatever goes wrong; nothing of our inner life in it."""

    def not_found(request: HttpRequest, exc: Http404) -> HttpResponse:
        return nothing_here(request)

    def forbidden(request: HttpRequest, exc: PermissionDenied) -> HttpResponse:
        return error(403, "forbidden", str(exc) or _("This is not open to you."))

    def unknown_caller(request: HttpRequest, exc: AuthenticationError) -> HttpResponse:
        return error(401, "sign_in", _("Sign in to do this."))

    def refused(request: HttpRequest, exc: Refused) -> HttpResponse:
        fields = {"fields": {exc.field: [exc.sentence]}} if exc.field else {}
        return error(422, "refused", exc.sentence, **fields)

    def invalid_form(request: HttpRequest, exc: FormError) -> HttpResponse:
        fields = exc.message_dict if hasattr(exc, "error_dict") else {"": exc.messages}
        return error(422, "invalid", _("Some values are not right."), fields=fields)

    def invalid_request(request: HttpRequest, exc: ValidationError) -> HttpResponse:
        fields: dict[str, list[str]] = {}
        for problem in exc.errors:
            place = ".".join(str(part) for part in problem["loc"][1:]) or str(problem["loc"][0])
            fields.setdefault(place, []).append(problem["msg"])
        return error(422, "invalid", _("Some values are not right."), fields=fields)

    def too_fast(request: HttpRequest, exc: Throttled) -> HttpResponse:
        wait = int(exc.wait or 60) + 1
        response = error(429, "too_often", _("That was a lot in a short time. Try again in a minute."))
        response["Retry-After"] = str(wait)
        return response

    def other(request: HttpRequest, exc: HttpError) -> HttpResponse:
        return error(exc.status_code, "refused", exc.message)

    def broken(request: HttpRequest, exc: Exception) -> HttpResponse:
        got_request_exception.send(sender=None, request=request)
        logger.error("API call failed: %s", request.path, exc_info=exc)
        return error(500, "broken", _("Something went wrong on our side."))

    handlers: list[tuple[type[Exception], Callable[[HttpRequest, Any], HttpResponse]]] = [
        (Http404, not_found),
        (PermissionDenied, forbidden),
        (AuthenticationError, unknown_caller),
        (Refused, refused),
        (FormError, invalid_form),
        (ValidationError, invalid_request),
        (Throttled, too_fast),
        (HttpError, other),
        (Exception, broken),
    ]
    for kind, handler in handlers:
        api.add_exception_handler(kind, handler)
