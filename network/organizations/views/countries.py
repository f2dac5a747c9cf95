"""The countries: who speaks for each, which organizations and people are there."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from network.foundations.exceptions import Refused
from network.foundations.forms import posted
from network.foundations.viewer import Viewer
from network.organizations import actions, panels, policies
from network.organizations.forms import FocalPointForm
from network.organizations.models import Alternate, FocalPoint, Organization
from network.thesaurus.models import Term

_SHOWN_ORGANIZATIONS = 20
_SHOWN_FORMER = 50


def _country(code: str) -> Term:
    return get_object_or_404(Term.objects.select_related("parent"), domain="country", code=code.upper())


def trail(*more: tuple[str, str]) -> list[tuple[str, str]]:
    """The way to a page about countries."""
    return [(_("Countries"), reverse("countries:list")), *more]


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """All countries by region, with what the network has of each."""
    focal_points = Counter(
        FocalPoint.objects.visible_to(request.viewer).current().values_list("country_id", flat=True)
    )
    organizations = dict(
        Organization.objects.visible_to(request.viewer)
        .exclude(country=None)
        .order_by()
        .values_list("country_id")
        .annotate(number=Count("pk"))
    )
    regions: dict[str, list[tuple[Term, int, int]]] = defaultdict(list)
    for term in Term.objects.of("country").current().select_related("parent"):
        region = term.parent.name if term.parent else _("Other")
        regions[region].append((term, focal_points[term.pk], organizations.get(term.pk, 0)))
    context = {
        "regions": [
            (name, sorted(rows, key=lambda row: row[0].name.casefold()))
            for name, rows in sorted(regions.items())
        ]
    }
    return render(request, "organizations/countries/index.html", context)


@require_safe
def detail(request: HttpRequest, code: str) -> HttpResponse:
    country = _country(code)
    organizations = Organization.objects.visible_to(request.viewer).filter(country=country)
    return render(
        request,
        "organizations/country/index.html",
        {
            "country": country,
            "focal_points": _standing(request.viewer, country),
            "former": _former(request.viewer, country),
            "organizations": organizations.order_by("sort_name", "id")[:_SHOWN_ORGANIZATIONS],
            "number_of_organizations": organizations.count(),
            "panels": panels.shown(panels.country_panels, request.viewer, country),
            "may_name": policies.can_name_focal_points(request.viewer),
            "trail": trail(),
        },
    )


@dataclass(frozen=True)
class Standing:
    """A focal point as pages show her, with her alternate beside her."""

    point: FocalPoint
    person: panels.Card
    alternate: Alternate | None = None
    stand_in: panels.Card | None = None


def _standing(viewer: Viewer, country: Term) -> list[Standing]:
    """The current focal points and their alternates; they act in public, so their names stand here."""
    current = FocalPoint.objects.visible_to(viewer).current().filter(country=country)
    points = list(current.order_by("role", "since", "pk"))
    named = {
        row.focal_point_id: row for row in Alternate.objects.current().filter(focal_point__country=country)
    }
    people = [point.user_id for point in points] + [row.person_id for row in named.values()]
    cards = panels.cards_for(viewer, people)
    shown = []
    for point in points:
        if point.user_id in cards:
            row = named.get(point.pk)
            stand_in = cards.get(row.person_id) if row else None
            shown.append(Standing(point, cards[point.user_id], row, stand_in))
    return shown


def _former(viewer: Viewer, country: Term) -> list[tuple[FocalPoint, panels.Card]]:
    """Who spoke for the Party before, and from when until when: it was public then."""
    ended = FocalPoint.objects.visible_to(viewer).filter(country=country, until__lte=timezone.localdate())
    points = list(ended.order_by("-until", "-pk")[:_SHOWN_FORMER])
    cards = panels.cards_for(viewer, [point.user_id for point in points])
    return [(point, cards[point.user_id]) for point in points if point.user_id in cards]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def focal_points(request: HttpRequest, code: str) -> HttpResponse:
    """Record whom the Party has named, and end what has ended."""
    country = _country(code)
    if not policies.can_name_focal_points(request.viewer):
        raise PermissionDenied(_("Only the secretariat records focal points."))
    form = FocalPointForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.name_focal_point(
                viewer=request.viewer,
                person=form.person,
                country=country,
                role=form.cleaned_data["role"],
                since=form.cleaned_data["since"],
            )
        except Refused as refusal:
            form.add_error(refusal.field, refusal.sentence)
        else:
            messages.success(request, _("Recorded."))
            return redirect("countries:focal-points", code=country.code)
    context = {
        "country": country,
        "form": form,
        "focal_points": _standing(request.viewer, country),
        "trail": trail((country.name, reverse("countries:detail", args=[country.code]))),
    }
    return render(
        request,
        "organizations/focal_points/index.html",
        context,
        status=422 if request.method == "POST" else 200,
    )


@login_required
@require_POST
def end(request: HttpRequest, code: str, number: int) -> HttpResponse:
    country = _country(code)
    if not policies.can_name_focal_points(request.viewer):
        raise PermissionDenied(_("Only the secretariat records focal points."))
    if number >= 2**63:
        number = 0
    focal_point = get_object_or_404(FocalPoint, country=country, pk=number)
    try:
        actions.end_focal_point(viewer=request.viewer, focal_point=focal_point)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("Ended today."))
    return redirect("countries:focal-points", code=country.code)
