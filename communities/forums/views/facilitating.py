"""For those who look after a community: who is heard, and how it is doing."""

from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from communities import policies
from communities.forums.heard import Hearing
from communities.forums.pulse import Pulse, unanswered
from communities.models import Community
from communities.views.common import crumbs, find_community, shell
from network.foundations.pager import paginate
from network.foundations.spreadsheets import write_rows

#: What may be looked back on, in days; 0 is all of it.
PERIODS = {
    "": (gettext_lazy("Ever"), 0),
    "365": (gettext_lazy("One year"), 365),
    "90": (gettext_lazy("90 days"), 90),
}


@never_cache
@login_required
@require_safe
def voices(request: HttpRequest, community: str) -> HttpResponse:
    """Who has been heard, who has not, and whom one could ask."""
    here = find_community(request, community)
    if not policies.can_facilitate(request.viewer, here):
        raise PermissionDenied(_("This is for those who look after the community."))
    chosen = request.GET.get("days", "")
    chosen = chosen if chosen in PERIODS else ""
    days = PERIODS[chosen][1]
    hearing = Hearing(request.viewer, here, timezone.now() - timedelta(days=days) if days else None)
    invites = policies.can_invite(request.viewer, here)
    context = shell(
        request,
        here,
        "voices",
        trail=crumbs(here),
        tables=hearing.tables(),
        silent=hearing.silent(),
        experts=hearing.experts() if invites else [],
        can_invite=invites,
        waiting=len(hearing.invitations),
        periods=[(key, label, key == chosen) for key, (label, _days) in PERIODS.items()],
    )
    return render(request, "forums/voices/index.html", context)


@never_cache
@login_required
@require_safe
def health(request: HttpRequest, community: str) -> HttpResponse:
    """The last twelve weeks beside the twelve before, and what nobody has answered."""
    here = _moderated(request, community)
    pulse = Pulse(here)
    page = paginate(unanswered(request.viewer, here), ["-published_at", "-id"], request.GET.get("cursor", ""))
    context = shell(
        request,
        here,
        "voices",
        trail=crumbs(here),
        figures=pulse.figures(),
        charts=pulse.charts(),
        weeks=pulse.weeks,
        page=page,
    )
    return render(request, "forums/health/index.html", context)


@never_cache
@login_required
@require_safe
def health_table(request: HttpRequest, community: str) -> HttpResponse:
    """The same numbers as a file for a spreadsheet."""
    here = _moderated(request, community)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="health-{here.pk}.csv"'
    response.write("\ufeff")
    write_rows(response, Pulse(here).table())
    return response


def _moderated(request: HttpRequest, slug: str) -> Community:
    here = find_community(request, slug)
    if not policies.can_moderate(request.viewer, here):
        raise PermissionDenied(_("This is for those who moderate the community."))
    return here
