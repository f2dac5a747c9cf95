"""When a forum is open: setting its window, extending it, its summary, its calendar."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from communities.forums import actions, calendars, policies
from communities.forums.enums import Phase
from communities.forums.forms.windows import ExtensionForm, SummaryForm, VersionedForm, WindowForm
from communities.forums.models import Forum
from communities.forums.views.common import find_forum, forum_shell
from communities.paging import community_tag, forum_tag
from communities.views.common import page, refuse
from network.foundations.calendars import answer
from network.foundations.exceptions import Refused, StaleEdit
from network.foundations.forms import posted
from network.pagecache.rules import cached


@login_required
def window(request: HttpRequest, community: str, slug: str) -> HttpResponse:
    """Set or change a window that has not begun; one that has begun can only be extended."""
    here = _managed(request, community, slug)
    if request.method != "POST" and here.phase not in (None, Phase.ANNOUNCED):
        return redirect("forums:extend", here.community.slug, here.slug)
    return _asked(request, here, WindowForm, actions.set_window, _("When is this forum open?"), _("Save"))


@login_required
def extend(request: HttpRequest, community: str, slug: str) -> HttpResponse:
    here = _managed(request, community, slug)
    if request.method != "POST" and here.phase in (None, Phase.ANNOUNCED):
        return redirect("forums:window", here.community.slug, here.slug)
    verb = _("Extend and tell everybody")
    return _asked(request, here, ExtensionForm, actions.extend, _("Keep the forum open longer"), verb)


@login_required
def summary(request: HttpRequest, community: str, slug: str) -> HttpResponse:
    here = _managed(request, community, slug)
    return _asked(request, here, SummaryForm, actions.summarise, _("Where is the summary?"), _("Save"))


def _managed(request: HttpRequest, community: str, slug: str) -> Forum:
    here = find_forum(request, community, slug)
    if not policies.can_manage_forums(request.viewer, here):
        raise PermissionDenied(_("This is for those who look after the community."))
    return here


def _asked(
    request: HttpRequest,
    here: Forum,
    form_class: type[VersionedForm],
    act: Callable[..., Any],
    title: str,
    verb: str,
) -> HttpResponse:
    form = form_class(posted(request), forum=here)
    stale = None
    if request.method == "POST" and form.is_valid():
        try:
            act(viewer=request.viewer, forum=here, **form.cleaned_data)
            return redirect(here)
        except StaleEdit as refused:
            stale = refused.current
            form.renew_version(stale)
            refuse(form, refused)
        except Refused as refused:
            refuse(form, refused)
    context = forum_shell(request, stale or here, form=form, stale=stale, asked=title, verb=verb)
    return page(request, "forums/window/index.html", context, form)


@cached(lambda community, slug: [forum_tag(community, slug), community_tag(community)])
@require_safe
def calendar(request: HttpRequest, community: str, slug: str) -> HttpResponse:
    """A calendar file of when the forum opens and closes."""
    here = find_forum(request, community, slug)
    if here.window is None:
        raise Http404
    return answer(calendars.write(here), "forum")
