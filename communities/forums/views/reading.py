"""What a reader does for herself: how much she is told, and what she has not read."""

from datetime import UTC, datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from communities.actions import set_involvement
from communities.forums import actions, catching_up
from communities.forums.levels import Choice, community_choice
from communities.forums.models import Forum, Tag, Thread, Watch
from communities.forums.views.common import find_forum, find_thread, level_url, wanted_level
from communities.models import Community, Membership
from communities.views.common import crumbs, find_community, safe_next
from network.foundations.pager import paginate
from network.pagecache.rules import cached


@login_required
@require_POST
def watch(request: HttpRequest, community: str, forum: str, pk: int, slug: str) -> HttpResponse:
    here = find_thread(request, pk)
    actions.set_level(viewer=request.viewer, of=here, level=wanted_level(request))
    return redirect(safe_next(request, here.get_absolute_url()))


@login_required
@require_POST
def watch_forum(request: HttpRequest, community: str, slug: str) -> HttpResponse:
    here = find_forum(request, community, slug)
    actions.set_level(viewer=request.viewer, of=here, level=wanted_level(request))
    return redirect(safe_next(request, here.get_absolute_url()))


@login_required
@require_POST
def watch_community(request: HttpRequest, community: str) -> HttpResponse:
    """Of a community the membership says it; there is nothing further out."""
    here = find_community(request, community)
    mine = get_object_or_404(Membership.objects.active(), community=here, user=request.viewer.user_id)
    level = wanted_level(request, may_be_empty=False)
    set_involvement(viewer=request.viewer, membership=mine, involvement=level)
    return redirect(safe_next(request, here.get_absolute_url()))


@never_cache
@login_required
@require_safe
def watching(request: HttpRequest) -> HttpResponse:
    """Everything that she has set, in one place: her communities, forums, tags, threads."""
    viewer = request.viewer
    hers = Watch.objects.filter(user=viewer.user_id)
    memberships = Membership.objects.active().filter(user=viewer.user_id).select_related("community")
    forums = hers.filter(forum__in=Forum.objects.visible_to(viewer)).select_related("forum__community")
    tags = hers.filter(tag__in=Tag.objects.used_by(viewer).values("pk")).select_related("tag__community")
    threads = hers.filter(thread__in=Thread.objects.visible_to(viewer))
    threads = threads.select_related("thread__forum__community")
    page = paginate(threads, ["-since", "-id"], request.GET.get("cursor", ""))
    as_forum = _("As the forum of each thread")
    context = {
        "trail": crumbs(),
        "communities": [
            (row.community, _of_community(row)) for row in memberships.order_by("community__name")
        ],
        "forums": [(row.forum, _of(row, row.forum, _("As the community"))) for row in forums.order_by("pk")],
        "tags": [(row.tag, _of(row, row.tag, as_forum)) for row in tags.order_by("pk")],
        "threads": [(row.thread, _of(row, row.thread, _("As the forum"))) for row in page],
        "page": page,
    }
    return render(request, "forums/watching/index.html", context)


@cached(list)
@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """The keys of a thread, and where they are turned off: for everybody, without scripts."""
    return render(request, "forums/keys/index.html", {"trail": crumbs()})


def _of_community(row: Membership) -> Choice:
    return community_choice(row.community, row.involvement)


def _of(row: Watch, what: Forum | Thread | Tag, outer: str) -> Choice:
    return Choice(level_url(what), row.level, row.level, outer)


@never_cache
@login_required
@require_safe
def catch_up(request: HttpRequest) -> HttpResponse:
    """What she has not read, the most important first."""
    viewer = request.viewer
    threads = catching_up.unread(viewer)
    here = _narrowed(request, request.GET.get("community", ""))
    if here is not None:
        threads = threads.filter(forum__community=here)
    page, parts = catching_up.page_of(viewer, threads, request.GET.get("cursor", ""))
    context = {
        "trail": crumbs(),
        "page": page,
        "parts": parts,
        "here": here,
        "places": catching_up.places(viewer) if parts or here else [],
        "until": timezone.now().isoformat(),
        "belongs": bool(viewer.ids("community")),
    }
    return render(request, "forums/catch_up/index.html", context)


def _narrowed(request: HttpRequest, slug: str) -> Community | None:
    return find_community(request, slug) if slug else None


@login_required
@require_POST
def mark_read(request: HttpRequest) -> HttpResponse:
    """Mark everything as read that was there when the page was made, everywhere or in one community."""
    viewer = request.viewer
    here = _narrowed(request, request.POST.get("community", ""))
    threads = catching_up.unread(viewer).filter(last_posted_at__lte=_until(request))
    if here is not None:
        threads = threads.filter(forum__community=here)
    number = actions.mark_all_read(viewer=viewer, threads=threads)
    told = ngettext("%(n)d thread is marked as read.", "%(n)d threads are marked as read.", number)
    messages.success(request, told % {"n": number})
    return redirect("reading:catch_up")


def _until(request: HttpRequest) -> datetime:
    """When the page was made that she read; what came later stays unread."""
    try:
        until = parse_datetime(request.POST.get("until", ""))
        # An hour of another zone may lie before or behind all that can be reckoned with.
        until = until and (None if timezone.is_naive(until) else until.astimezone(UTC))
    except (ValueError, OverflowError):
        until = None
    if until is None:
        raise BadRequest(_("This form is not complete."))
    return until
