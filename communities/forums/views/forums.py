"""Forums: the list of threads, opening and changing a forum."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from communities import policies as community_policies
from communities.forums import actions, letterbox, policies
from communities.forums.actions.writing import who_starts
from communities.forums.capacities import label
from communities.forums.consultations.overview import consultation
from communities.forums.forms.rooms import ForumForm, ForumSettingsForm, QuestionFilter
from communities.forums.levels import forum_choice, with_forum_level
from communities.forums.models import Extension, Forum, Thread
from communities.forums.views.common import find_forum, forum_shell, level_url, thread_rows
from communities.paging import community_tag, forum_tag
from communities.views.common import crumbs, find_community, page, refuse, shell
from communities.voices import voice_of
from network.experts.disclosure import cards_for
from network.foundations.exceptions import Refused, StaleEdit
from network.foundations.forms import posted
from network.foundations.pager import paginate
from network.foundations.viewer import Viewer
from network.notifications.inbound import addresses
from network.pagecache.rules import PEOPLE, cached


@require_safe
def no_index(request: HttpRequest, community: str) -> HttpResponse:
    """The forums of a community stand on its front page."""
    return redirect(find_community(request, community))


@cached(
    lambda community, slug: [forum_tag(community, slug), community_tag(community), PEOPLE],
    query=["cursor", "show", "order", "question"],
)
@require_safe
def forum(request: HttpRequest, community: str, slug: str) -> HttpResponse:
    """Threads, the last written in first; pinned ones above them on the first page.

    Questions can be narrowed to open or answered ones, and told in the order of how many have them. A
    consultation shows its threads by guiding question, or those of one.
    """
    viewer = request.viewer
    here = find_forum(request, community, slug, with_forum_level(viewer, Forum.objects.all()))
    choice = QuestionFilter(request.GET or None) if here.is_questions else None
    threads = Thread.objects.visible_to(viewer).filter(forum=here, appears_at=None)
    keys = ["-last_posted_at", "-id"]
    if choice is not None:
        threads = threads.filter(choice.narrowing())
        keys = [*choice.keys(), *keys]
    asked = consultation(viewer, here, request.GET.get("question", "")) if here.is_consultation else None
    if asked is not None:
        threads = threads.filter(asked.narrowing)
    cursor = request.GET.get("cursor", "")
    pinned = [] if cursor else list(threads.exclude(pinned_at=None).order_by("-pinned_at", "-id"))
    rows = paginate(threads.filter(pinned_at=None), keys, cursor)
    for thread in [*pinned, *rows]:
        thread.forum = here
    if asked is not None:
        shown = thread_rows(request, [thread for part in asked.parts for thread in part.threads])
        for part in asked.parts:
            part.rows = [row for row in shown if row["thread"] in part.threads]
    context = forum_shell(
        request,
        here,
        page=rows,
        asked=asked,
        can_consult=policies.can_consult(viewer, here),
        rows=thread_rows(request, [*pinned, *rows]),
        filter=choice,
        extensions=_extensions(viewer, here),
        can_start=policies.can_start(viewer, here),
        can_manage=policies.can_manage_forums(viewer, here),
        by_mail=addresses.is_on() and _writes(viewer, here),
        can_schedule=policies.can_schedule(viewer, here),
        watching=forum_choice(here, level_url(here)) if viewer.is_member else None,
    )
    return render(request, "forums/forum/index.html", context)


def _writes(viewer: Viewer, here: Forum) -> bool:
    """Starts threads here, or hands in mails of others."""
    return policies.may_start(viewer, here) or policies.can_file(viewer, here)


def _extensions(viewer: Viewer, here: Forum) -> list[Extension]:
    """Every extension of its window, the first one first, each with its ``person``."""
    if here.window is None:
        return []
    found = list(here.extensions.all())
    cards = cards_for(viewer, [one.by_id for one in found])
    for one in found:
        one.person = cards.get(one.by_id)
    return found


@login_required
@require_safe
def by_mail(request: HttpRequest, community: str, slug: str) -> HttpResponse:
    """The addresses by which this reader writes here; two are hers alone, so nobody keeps the page."""
    here = find_forum(request, community, slug)
    viewer = request.viewer
    if not addresses.is_on():
        raise Http404("No mail is taken here.")
    if not _writes(viewer, here):
        raise PermissionDenied(who_starts(here))
    context = forum_shell(
        request,
        here,
        start_address=letterbox.start_address(here, viewer) if policies.may_start(viewer, here) else "",
        public_address=letterbox.public_address(here),
        file_address=letterbox.file_address(here, viewer) if policies.can_file(viewer, here) else "",
        line=label(viewer.language),
        speaks=[
            (mandate, letterbox.start_address(here, viewer, mandate))
            for mandate in voice_of(viewer, here.community).mandates
        ],
    )
    response = render(request, "forums/by_mail/index.html", context)
    add_never_cache_headers(response)
    return response


@login_required
def open_forum(request: HttpRequest, community: str) -> HttpResponse:
    here = find_community(request, community)
    if here.is_closed or not community_policies.can_facilitate(request.viewer, here):
        raise PermissionDenied(_("Those who look after the community open forums."))
    form = ForumForm(posted(request))
    if request.method == "POST" and form.is_valid():
        return redirect(actions.open_forum(viewer=request.viewer, community=here, **form.cleaned_data))
    context = shell(request, here, "overview", trail=crumbs(here), form=form)
    return page(request, "forums/open/index.html", context, form)


@login_required
def settings(request: HttpRequest, community: str, slug: str) -> HttpResponse:
    here = find_forum(request, community, slug)
    if not policies.can_manage_forums(request.viewer, here):
        raise PermissionDenied(_("This is for those who look after the community."))
    form = ForumSettingsForm(posted(request), instance=here)
    stale = None
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(actions.change_forum(viewer=request.viewer, forum=here, **form.cleaned_data))
        except StaleEdit as refused:
            stale = refused.current
            form.renew_version(stale)
            refuse(form, refused)
        except Refused as refused:
            refuse(form, refused)
    context = forum_shell(request, here, form=form, stale=stale)
    return page(request, "forums/settings/index.html", context, form)
