"""Feeds of a community, a forum and a thread."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from communities.forums import feeds
from communities.forums.views.common import find_forum, find_thread, keep_time
from communities.forums.views.threads import thread_tags
from communities.models import Community
from communities.paging import community_tag, forum_tag
from network.foundations.feeds import answer
from network.foundations.viewer import anonymous
from network.pagecache.rules import PEOPLE, cached


@cached(lambda community, kind: [community_tag(community), PEOPLE])
@require_safe
def community(request: HttpRequest, community: str, kind: str) -> HttpResponse:
    as_anybody(request)
    here = get_object_or_404(Community.objects.readable_by(request.viewer), slug=community)
    keep_time(request, here)
    return answer(feeds.of_community(here, request.path, get_language()), kind)


@cached(lambda community, slug, kind: [forum_tag(community, slug), community_tag(community), PEOPLE])
@require_safe
def forum(request: HttpRequest, community: str, slug: str, kind: str) -> HttpResponse:
    as_anybody(request)
    here = find_forum(request, community, slug)
    return answer(feeds.of_forum(here, request.path, get_language()), kind)


@cached(lambda kind, **place: thread_tags(**place))
@require_safe
def thread(request: HttpRequest, community: str, forum: str, pk: int, slug: str, kind: str) -> HttpResponse:
    as_anybody(request)
    here = find_thread(request, pk)
    place = [here.forum.community.slug, here.forum.slug, here.pk, here.slug]
    if place != [community, forum, pk, slug]:
        return redirect(f"forums:thread_{kind}", *place, permanent=True)
    return answer(feeds.of_thread(here, request.path), kind)


def as_anybody(request: HttpRequest) -> None:
    """A feed is the same for everybody: also the gate takes its reader for a stranger."""
    request.viewer = anonymous()
