"""The page cache at its place: inside the consent gate, outside sessions, languages and messages.

What it keeps holds tokens as they are; the gate, which stands before it, binds them at each answer.
"""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

from network.foundations.viewer import anonymous
from network.pagecache import store
from network.pagecache.rules import SITE, Rule, rule_of
from network.pagecache.store import Kept

#: Somebody is signed in, or a sentence waits for her: such a page is hers alone.
_PERSONAL_COOKIES = ("messages",)
#: Stands in every form that posts.
_FORM = b"csrfmiddlewaretoken"


class PageCacheMiddleware:
    """Gives out whole pages to readers who are not signed in, as long as nothing in them has changed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        wanted = getattr(request, "page_wanted", None)
        if wanted is None or request.method != "GET" or not _may_be_kept(request, response):
            return response
        name, seconds = wanted
        if (expires := getattr(request, "page_expires", None)) is not None:
            seconds = min(seconds, expires.timestamp() - time.time())
        if seconds <= 0:
            return response
        kept = store.keep(name, response, seconds, getattr(request, "consent_place", ""))
        return _answer(request, kept, response)

    def process_view(
        self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """A kept page instead of the view. Where its tags stand is read before the view asks anything."""
        rule = rule_of(request, view)
        if rule is None or not _concerns_everybody(request, rule):
            return None
        # No session came along, so nobody has to be asked who this is, and no cookie decides what is shown.
        request.user = AnonymousUser()
        request.viewer = anonymous()  # type: ignore[attr-defined]
        made_of = store.versions({SITE, *rule.tags(**kwargs)})
        name = store.key(request, made_of)
        kept = store.find(name)
        if kept is None:
            request.page_wanted = (name, rule.seconds or settings.PAGE_CACHE_SECONDS)  # type: ignore[attr-defined]
            return None
        request.consent_place = kept.place  # type: ignore[attr-defined]
        return _answer(request, kept, None)


def _concerns_everybody(request: HttpRequest, rule: Rule) -> bool:
    cookies = request.COOKIES
    return (
        settings.PAGE_CACHE_SECONDS > 0
        and request.method in ("GET", "HEAD")
        and settings.SESSION_COOKIE_NAME not in cookies
        and not any(name in cookies for name in _PERSONAL_COOKIES)
        and "Authorization" not in request.headers
        and rule.query >= request.GET.keys()
    )


def _may_be_kept(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Nothing that was made for one reader or one visit is ever kept."""
    if response.status_code != 200 or response.streaming or response.cookies:
        return False
    varies = response.get("Vary", "").lower()
    control = response.get("Cache-Control", "").lower()
    return not (
        "cookie" in varies
        or "private" in control
        or "no-store" in control
        or request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
        or getattr(request, "_csp_nonce", None)
        or len(get_messages(request))
        or _FORM in response.content
    )


def _answer(request: HttpRequest, kept: Kept, made: HttpResponse | None) -> HttpResponseBase:
    """The page with its mark, or that nothing has changed since the reader's own copy."""
    response = made or kept.response(request)
    if not kept.etag:
        return response
    response["ETag"] = kept.etag
    response["Cache-Control"] = "no-cache"
    return get_conditional_response(request, etag=kept.etag, response=response) or response
