"""Looking around: the list of communities, one community, its members."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from communities import policies
from communities.crowd import Crowd
from communities.enums import MemberRole
from communities.forms import CommunityFilter, MembersFilter
from communities.models import Community, JoinRequest, Membership
from communities.paging import community_tag
from communities.panels import feeds_of, panels_for
from communities.views.common import crumbs, find_community, shell
from network.experts.disclosure import cards_for
from network.foundations.pager import paginate
from network.foundations.viewer import Viewer
from network.pagecache.rules import COMMUNITIES, PAGES, PEOPLE, cached, expire_at
from network.thesaurus.tiles import tile_map

#: Seconds for which the order of the list may lag behind what is written in the communities.
LIVELINESS = 60
#: Faces on the front page of a community.
NEWEST_SHOWN = 6


@cached(lambda: [COMMUNITIES], query=["cursor", "theme", "language"], seconds=LIVELINESS)
@require_safe
def communities(request: HttpRequest) -> HttpResponse:
    """All communities that the viewer may know of, the liveliest first."""
    viewer = request.viewer
    choice = CommunityFilter(request.GET or None, is_member=viewer.is_member)
    found = Community.objects.visible_to(viewer).prefetch_related("themes", "languages")
    narrowed = found.filter(_chosen(choice, viewer)).distinct()
    rows = paginate(narrowed, ["-last_active_at", "-id"], request.GET.get("cursor", ""))
    context = {
        "page": rows,
        "filter": choice,
        "mine": viewer.ids("community"),
        "can_open": policies.can_open_community(viewer),
    }
    return render(request, "communities/list/index.html", context)


def _chosen(choice: CommunityFilter, viewer: Viewer) -> Q:
    """The filter as a condition; a value that is not offered narrows nothing."""
    wanted = Q()
    choice.is_valid()
    data = getattr(choice, "cleaned_data", {})
    for field, name in (("theme", "themes"), ("language", "languages")):
        if data.get(field):
            domain, code = data[field].split(":", 1)
            wanted &= Q(**{f"{name}__domain": domain, f"{name}__code": code})
    if data.get("mine"):
        wanted &= Q(pk__in=viewer.ids("community"))
    return wanted


@cached(lambda slug: [community_tag(slug), PEOPLE, PAGES], seconds=3600)
@require_safe
def community(request: HttpRequest, slug: str) -> HttpResponse:
    """The front page: purpose, what rooms above show of it, who looks after it, the way in."""
    viewer = request.viewer
    here = find_community(request, slug)
    readable = policies.can_read(viewer, here)
    people = _people_shown(viewer, here) if readable else []
    cards = cards_for(viewer, [membership.user_id for membership in people])
    panels = panels_for(viewer, here, "main") if readable else []
    for panel in panels:
        expire_at(request, panel["context"].get("changes_at"))
    context = shell(
        request,
        here,
        "overview",
        trail=crumbs(),
        terms=list(here.themes.all()),
        languages=list(here.languages.all()),
        readable=readable,
        can_see_members=policies.can_see_members(viewer, here),
        caring=[(cards[m.user_id], m) for m in people if m.role in _CARING],
        newest=[cards[m.user_id] for m in people if m.role not in _CARING],
        panels=panels,
        feeds=feeds_of(here),
        side_panels=panels_for(viewer, here, "aside") if readable else [],
        can_join=policies.can_join(viewer, here),
        can_request=policies.can_request(viewer, here),
        can_nominate=policies.can_nominate(viewer, here),
        request_waiting=_waits(viewer, here),
    )
    return render(request, "communities/community/index.html", context)


_CARING = (MemberRole.MODERATOR, MemberRole.FACILITATOR)


def _people_shown(viewer: Viewer, here: Community) -> list[Membership]:
    """Those who look after it, and for people who are signed in the newest members."""
    current = here.memberships.active()
    caring = list(current.caring().order_by("since", "id"))
    if not policies.can_see_members(viewer, here):
        return caring
    return caring + list(current.exclude(role__in=_CARING).order_by("-since", "-id")[:NEWEST_SHOWN])


def _waits(viewer: Viewer, here: Community) -> JoinRequest | None:
    if not policies.can_request(viewer, here):
        return None
    return here.join_requests.waiting().filter(user=viewer.user_id).first()


@require_safe
def members(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody who belongs to the community, in the order in which they came; narrowed if wanted."""
    here = _with_members(request, slug)
    viewer = request.viewer
    crowd = Crowd(viewer, here)
    choice = MembersFilter(request.GET or None, countries=crowd.choices())
    found = here.memberships.current().filter(crowd.chosen(choice))
    rows = paginate(found, ["since", "id"], request.GET.get("cursor", ""), size=30)
    people = [crowd.member(membership) for membership in rows]
    context = shell(request, here, "members", trail=crumbs(here), page=rows, people=people, filter=choice)
    return render(request, "communities/members/index.html", context)


@require_safe
def countries(request: HttpRequest, slug: str) -> HttpResponse:
    """Where the members are, by UN region and country, as far as each shows her country to the viewer."""
    here = _with_members(request, slug)
    crowd = Crowd(request.viewer, here)
    trail = crumbs(here, (_("Members"), reverse("communities:members", args=[slug])))
    more = {"regions": crowd.regions(), "patches": tile_map(crowd.countries), "unsaid": crowd.unsaid}
    context = shell(request, here, "members", trail=trail, **more)
    return render(request, "communities/countries/index.html", context)


@require_safe
def speakers(request: HttpRequest, slug: str) -> HttpResponse:
    """Who speaks for whom here: Parties, non-Parties, peoples and communities, organizations, individuals."""
    here = _with_members(request, slug)
    crowd = Crowd(request.viewer, here)
    trail = crumbs(here, (_("Members"), reverse("communities:members", args=[slug])))
    context = shell(request, here, "members", trail=trail, groups=crowd.groups())
    return render(request, "communities/speakers/index.html", context)


def _with_members(request: HttpRequest, slug: str) -> Community:
    here = find_community(request, slug)
    if not policies.can_see_members(request.viewer, here):
        raise PermissionDenied(_("Who belongs to this community is shown to its members."))
    return here
