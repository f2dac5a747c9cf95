"""How a program comes in: with a key of its own, to the interface for programs and nowhere else."""

from collections.abc import Callable
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from network.accounts.actions.programs import PREFIX, digest_of
from network.accounts.models import ProgramKey, User
from network.foundations import api, ratelimit
from network.foundations.viewer import PROGRAM, Viewer, viewer_for

#: Below this a key is looked at; anywhere else it is not even read.
INTERFACE = "/api/v1/"
_SCHEME = "bearer"
_LONGEST = 200
_TRIES_A_MINUTE = 60


class ProgramMiddleware:
    """Who calls with a key is the program of the person who made it, and may read.

    A key that is none, not any more, or not good is refused: nobody takes the answer to a stranger for hers.
    What it is answered is kept by nobody.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(INTERFACE) or not _brings_a_key(request):
            return self.get_response(request)
        response = self._answer(request)
        response["Cache-Control"] = "private, no-store"
        patch_vary_headers(response, ["Authorization", "Cookie"])
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        if request.method not in api.READING:
            return api.error(403, "forbidden", _("A key for programs only reads."))
        key = _key_in(request)
        if key is None:
            return _refusal(request)
        request.user = key.person
        request.viewer = SimpleLazyObject(lambda: viewer_of_program(key.person))  # type: ignore[attr-defined]
        return self.get_response(request)


def _brings_a_key(request: HttpRequest) -> bool:
    """Any other scheme is for whoever stands before us, a proxy with a password for example."""
    return request.headers.get("Authorization", "").lower().split()[:1] == [_SCHEME]


def _refusal(request: HttpRequest) -> HttpResponse:
    try:
        ratelimit.limit("program-key", ratelimit.client_address(request), times=_TRIES_A_MINUTE, seconds=60)
    except ratelimit.TooOften as refused:
        response = api.error(429, "too_often", refused.sentence)
        response["Retry-After"] = str(refused.wait)
        return response
    response = api.error(401, "unknown_key", _("This key opens nothing: it is unknown or has ended."))
    response["WWW-Authenticate"] = "Bearer"
    return response


def _key_in(request: HttpRequest) -> ProgramKey | None:
    _scheme, _space, key = request.headers["Authorization"].strip().partition(" ")
    if not key.startswith(PREFIX) or len(key) > _LONGEST:
        return None
    found = ProgramKey.objects.in_force().select_related("person").filter(digest=digest_of(key)).first()
    if found:
        _note_use(found)
    return found


def _note_use(key: ProgramKey) -> None:
    """The day and no more: she sees whether it is still used, and nobody how often."""
    today = timezone.now().date()
    if key.last_used_on != today:
        ProgramKey.objects.filter(pk=key.pk).update(last_used_on=today)


def viewer_of_program(person: User) -> Viewer:
    """What she may see, but for what she sees by a role: a role is entrusted to a person, not to her script.

    The gate opens for it where data leave for programs, and nowhere else.
    """
    viewer = viewer_for(person)
    keys = {key for key in viewer.keys if not key.startswith("role:")}
    return replace(viewer, keys=frozenset(keys | {PROGRAM}))
