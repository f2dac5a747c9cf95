"""How often a person, or an address without one, may do a thing."""

import ipaddress
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import ngettext

from network.foundations.exceptions import Refused


class TooOften(Refused):
    """``wait`` is the number of seconds until it may be tried again."""

    def __init__(self, wait: int) -> None:
        minutes = max(1, -(-wait // 60))
        super().__init__(
            ngettext(
                "That was a lot in a short time. Try again in %(minutes)d minute.",
                "That was a lot in a short time. Try again in %(minutes)d minutes.",
                minutes,
            )
            % {"minutes": minutes}
        )
        self.wait = wait


def limit(what: str, who: str, *, times: int, seconds: int) -> None:
    """Count one more ``what`` by ``who``; raises ``TooOften`` beyond ``times`` in each window of ``seconds``.

    Windows are fixed. The count is not exact where two requests meet in the same instant: it keeps floods
    away, not single requests.
    """
    now = time.time()
    window = int(now // seconds)
    key = f"limit:{what}:{who}:{window}"
    cache.add(key, 0, seconds)
    try:
        count = cache.incr(key)
    except ValueError:  # it expired between the two
        count = 1
    if count > times:
        raise TooOften(int((window + 1) * seconds - now) + 1)


def who_is(request: HttpRequest) -> str:
    """The person, or the network address of somebody who is not signed in."""
    if request.user.is_authenticated:
        return f"user:{request.user.pk}"
    return f"ip:{_network(client_address(request))}"


def client_address(request: HttpRequest) -> str:
    """The caller's address; with trusted proxies in front, what the outermost of them saw."""
    proxies = getattr(settings, "ALLAUTH_TRUSTED_PROXY_COUNT", 0)
    if proxies:
        hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
        if len(hops) >= proxies:
            return hops[-proxies]
    return request.META.get("REMOTE_ADDR", "")


def _network(address: str) -> str:
    """One household has a whole /64 of IPv6 addresses."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    return str(ipaddress.ip_network((parsed, 64), strict=False)) if parsed.version == 6 else str(parsed)


def limited(what: str, *, times: int, seconds: int, methods: tuple[str, ...] = ("POST",)) -> Callable:
    """Decorate a view: beyond the limit it answers 429 with a sentence and when to come back.

    A view that shows a form catches ``TooOften`` of ``limit`` itself, and loses nothing that was typed.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method in methods:
                try:
                    limit(what, who_is(request), times=times, seconds=seconds)
                except TooOften as refused:
                    return too_often(request, refused)
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def too_often(request: HttpRequest, refused: TooOften) -> HttpResponse:
    response = render(request, "429.html", {"reason": refused.sentence}, status=429)
    response["Retry-After"] = str(refused.wait)
    return response
