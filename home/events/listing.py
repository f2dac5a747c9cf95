"""Events as a list, a month or a week, narrowed in the same ways. Knows no model of its own room, as the page
calls it."""

from typing import TYPE_CHECKING, Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from home.events.filtering import FACETS, EventFilter
from home.events.leaves import MONTH, WEEK, Leaf, leaf
from home.events.querysets import EventQuerySet
from network.foundations.pager import paginate
from network.pagecache.rules import expire_at
from network.thesaurus.models import Term
from network.thesaurus.tiles import tile_map

if TYPE_CHECKING:
    from home.events.models import EventIndexPage

PAGE = 20
MAP = "map"
VIEWS = (MONTH, WEEK, MAP)
#: More than these are not drawn into one month.
MOST_IN_A_LEAF = 500


def show(request: HttpRequest, index: "EventIndexPage", events: EventQuerySet) -> HttpResponse:
    shown = events.visible().for_readers_of()
    form = EventFilter(request.GET, viewer=request.viewer, events=shown)
    found = form.narrow(shown).select_related("country")
    view = request.GET.get("view", "")
    view = view if view in VIEWS else ""
    narrowed = _narrowed(request)
    context: dict[str, Any] = {
        "page": index,
        "form": form,
        "active_filters": len(narrowed.keys() - {"past"}),
        "tabs": _tabs(request, view),
        "asked": narrowed.urlencode(),
    }
    if view:
        del form.fields["past"]
    if view == MAP:
        context |= _map(narrowed, found.ahead())
        context["hidden"] = {"view": view}
        return render(request, "events/list/map.html", context)
    if view:
        context["leaf"] = _leaf(view, request.GET.get("at", ""), found)
        context["hidden"] = {"view": view, "at": request.GET.get("at", "")}
        return render(request, "events/list/leaf.html", context)
    past = bool(form.wanted.get("past"))
    found = found.over() if past else found.ahead()
    order = ["-starts_at", "-id"] if past else ["starts_at", "id"]
    rows = paginate(found, order, request.GET.get("cursor", ""), PAGE)
    for event in [] if past else rows:
        expire_at(request, event.ends_at)
    return render(request, "events/list/index.html", {**context, "events": rows, "past": past})


def _leaf(view: str, at: str, events: EventQuerySet) -> Leaf:
    shown = leaf(view, at)
    begins, ends = shown.span
    found = events.filter(starts_at__lt=ends, ends_at__gt=begins)
    shown.fill(found.order_by("starts_at", "id")[:MOST_IN_A_LEAF])
    return shown


def _map(narrowed: QueryDict, events: EventQuerySet) -> dict[str, Any]:
    """How many are ahead in which country; a tile leads to the list of them."""
    counted = (
        events.order_by().exclude(country=None).values_list("country").annotate(Count("pk", distinct=True))
    )
    numbers = dict(counted)
    countries = Term.objects.in_bulk(numbers)
    asked = narrowed.copy()
    asked.pop("country", None)
    base = f"?{asked.urlencode()}&country=" if asked else "?country="
    found = {countries[pk]: number for pk, number in numbers.items()}
    named = sorted(found.items(), key=lambda pair: (-pair[1], pair[0].name))
    return {"patches": tile_map(found), "map_base": base, "countries": named}


def _narrowed(request: HttpRequest) -> QueryDict:
    """What was asked for, without the form in which it is shown: the same for a feed."""
    asked = request.GET.copy()
    for name in list(asked):
        if name not in FACETS or not asked[name]:
            del asked[name]
    return asked


def _tabs(request: HttpRequest, view: str) -> list[dict[str, Any]]:
    asked = _narrowed(request)
    tabs = []
    for name, label in (("", _("List")), (MONTH, _("Month")), (WEEK, _("Week")), (MAP, _("Map"))):
        if name:
            asked["view"] = name
        tabs.append({"label": label, "url": f"?{asked.urlencode()}", "current": name == view})
    return tabs
