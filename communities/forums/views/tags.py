"""Tags: those of a community, the threads of one, and tagging a thread."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from communities.forums import actions, feeds, policies
from communities.forums.forms.writing import TagsForm
from communities.forums.levels import tag_choice, with_tag_level
from communities.forums.models import Tag, Thread
from communities.forums.views.common import (
    find_thread,
    keep_time,
    level_url,
    merged_meanwhile,
    thread_rows,
    thread_shell,
    wanted_level,
)
from communities.forums.views.feeds import as_anybody
from communities.models import Community
from communities.paging import community_tag
from communities.views.common import crumbs, find_community, page, refuse, safe_next, shell
from network.foundations.exceptions import Refused, StaleEdit
from network.foundations.feeds import answer
from network.foundations.forms import posted
from network.foundations.pager import paginate
from network.pagecache.rules import PEOPLE, cached

#: Tags on the page of all of them, and words that are offered where one tags.
MOST_SHOWN, MOST_OFFERED = 200, 12


def _tag(request: HttpRequest, community: Community, slug: str) -> Tag:
    """A tag that nothing she may read carries does not exist for her."""
    used = with_tag_level(request.viewer, Tag.objects.used_by(request.viewer))
    found = get_object_or_404(used, community=community, slug=slug)
    found.community = community
    return found


@cached(lambda community: [community_tag(community)])
@require_safe
def tags(request: HttpRequest, community: str) -> HttpResponse:
    here = find_community(request, community)
    keep_time(request, here)
    found = Tag.objects.used_by(request.viewer).filter(community=here).order_by("-uses", "key")[:MOST_SHOWN]
    context = shell(request, here, "overview", trail=crumbs(here), tags=found)
    return render(request, "forums/tags/index.html", context)


@cached(lambda community, slug: [community_tag(community), PEOPLE], query=["cursor"])
@require_safe
def tag(request: HttpRequest, community: str, slug: str) -> HttpResponse:
    """The threads that carry a tag, in all forums that the reader may open."""
    here = find_community(request, community)
    keep_time(request, here)
    found = _tag(request, here, slug)
    threads = Thread.objects.visible_to(request.viewer).filter(tags=found).select_related("forum")
    rows = paginate(threads, ["-last_posted_at", "-id"], request.GET.get("cursor", ""))
    for thread in rows:
        thread.forum.community = here
    context = shell(
        request,
        here,
        "overview",
        trail=crumbs(here),
        tag=found,
        page=rows,
        rows=thread_rows(request, rows.rows),
        watching=tag_choice(found, level_url(found)) if request.viewer.is_member else None,
    )
    return render(request, "forums/tag/index.html", context)


@login_required
@require_POST
def watch(request: HttpRequest, community: str, slug: str) -> HttpResponse:
    found = _tag(request, find_community(request, community), slug)
    actions.set_level(viewer=request.viewer, of=found, level=wanted_level(request))
    return redirect(safe_next(request, found.get_absolute_url()))


@cached(lambda community, slug, kind: [community_tag(community), PEOPLE])
@require_safe
def feed(request: HttpRequest, community: str, slug: str, kind: str) -> HttpResponse:
    as_anybody(request)
    here = get_object_or_404(Community.objects.readable_by(request.viewer), slug=community)
    keep_time(request, here)
    found = _tag(request, here, slug)
    if not here.is_public:
        raise Http404
    return answer(feeds.of_tag(found, request.path, get_language()), kind)


@login_required
def tag_thread(request: HttpRequest, community: str, forum: str, pk: int, slug: str) -> HttpResponse:
    here = find_thread(request, pk)
    if not policies.can_tag(request.viewer, here):
        raise PermissionDenied(_("Whoever started a thread tags it, and those who keep it."))
    if elsewhere := merged_meanwhile(request, here, pk):
        return elsewhere
    form = TagsForm(posted(request), thread=here)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        try:
            actions.tag(viewer=request.viewer, thread=here, names=sent["tags"], version=sent["version"])
            return redirect(here)
        except StaleEdit as refused:
            form.renew_version(refused.current)
            refuse(form, refused)
            here = refused.current
        except Refused as refused:
            refuse(form, refused)
    context = thread_shell(
        request, here, beyond=True, form=form, offered=_offered(request, here.forum.community)
    )
    return page(request, "forums/tag_thread/index.html", context, form)


def _offered(request: HttpRequest, community: Community) -> list[str]:
    """Words that are in use here, and the subjects of the community."""
    used = Tag.objects.used_by(request.viewer).filter(community=community).order_by("-uses", "key")
    names = [tag.name for tag in used[:MOST_OFFERED]]
    known = {name.casefold() for name in names}
    return names + [term.name for term in community.themes.all() if term.name.casefold() not in known]
