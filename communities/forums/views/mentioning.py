"""People who may be meant, for the editor: a few letters in, a few names out."""

from dataclasses import asdict

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from communities.forums import policies
from communities.forums.models import Forum, Thread
from communities.forums.suggesting import suggested
from communities.forums.views.common import find_forum, find_thread
from network.foundations.ratelimit import TooOften, limit, who_is

#: Questions that one person may ask in a minute: as fast as somebody types.
A_MINUTE = 60


@never_cache
@login_required
@require_safe
def in_thread(request: HttpRequest, community: str, forum: str, pk: int, slug: str) -> HttpResponse:
    here = find_thread(request, pk)
    if not policies.can_write_in(request.viewer, here):
        raise PermissionDenied(_("Members of the community reply here."))
    return _answer(request, here)


@never_cache
@login_required
@require_safe
def in_forum(request: HttpRequest, community: str, slug: str) -> HttpResponse:
    here = find_forum(request, community, slug)
    if not policies.may_start(request.viewer, here):
        raise PermissionDenied(_("Members of the community start threads here."))
    return _answer(request, here)


def _answer(request: HttpRequest, here: Forum | Thread) -> HttpResponse:
    try:
        limit("mentions", who_is(request), times=A_MINUTE, seconds=60)
    except TooOften as refused:
        answer = JsonResponse({"found": [], "text": refused.sentence}, status=429)
        answer["Retry-After"] = str(refused.wait)
        return answer
    found = suggested(request.viewer, here, request.GET.get("q", ""))
    return JsonResponse({"found": [asdict(one) for one in found]})
