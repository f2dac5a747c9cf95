"""The rosters, the people of each, its feed and its table."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from network.experts import actions, disclosure, policies
from network.experts.listforms import RosterExportForm
from network.experts.models import Roster, RosterEntry, RosterKeeper
from network.experts.roster_forms import RosterFilterForm
from network.experts.roster_list import RosterList, numbers
from network.foundations.exceptions import Refused
from network.foundations.forms import posted
from network.foundations.viewer import anonymous
from network.notifications.addressing import absolute

_IN_FEED = 50


def trail(*more: tuple[str, str]) -> list[tuple[str, str]]:
    """The way to a page about rosters."""
    return [(_("People"), reverse("experts:directory")), (_("Rosters"), reverse("rosters:list")), *more]


def visible_roster(request: HttpRequest, slug: str) -> Roster:
    return get_object_or_404(Roster.objects.visible_to(request.viewer), slug=slug)


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """All open rosters with what each is for."""
    shown = numbers(request.viewer)
    rosters = Roster.objects.visible_to(request.viewer).open().order_by("name", "pk")
    context = {
        "rosters": [(roster, shown.get(roster.pk, 0)) for roster in rosters[:200]],
        "may_add": policies.can_run_rosters(request.viewer),
        "trail": trail()[:1],
    }
    return render(request, "experts/rosters/index.html", context)


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A roster: its mandate, its criteria, its keepers and those on it who show themselves."""
    roster = visible_roster(request, slug)
    asked = {
        name: request.GET.get(name, "").strip()[:100] for name in ("country", "subject", "language", "fresh")
    }
    found = RosterList(request.viewer, roster, asked)
    keepers = (
        RosterKeeper.objects.current().filter(roster=roster, person__is_active=True).order_by("since", "pk")
    )
    people = [row.person_id for row in keepers]
    cards = disclosure.cards_for(request.viewer, people)
    own = None
    if request.viewer.is_member:
        own = RosterEntry.objects.open().filter(roster=roster, person=request.viewer.user_id).first()
    context = {
        "roster": roster,
        "page": found.page(request.GET.get("cursor", "")),
        "number": found.count(),
        "form": RosterFilterForm(request.GET, found.offered()),
        "active": len(found.asked),
        "keepers": [cards[pk] for pk in people if pk in cards],
        "own": own,
        "may_keep": policies.can_keep(request.viewer, roster),
        "may_run": policies.can_run_rosters(request.viewer),
        "may_nominate": roster.closed_at is None and _may_nominate(request, roster, own),
        "feed": reverse("rosters:feed", args=[roster.slug]),
        "trail": trail(),
    }
    return render(request, "experts/roster/index.html", context)


def _may_nominate(request: HttpRequest, roster: Roster, own: Any) -> bool:
    herself = roster.self_nomination and request.viewer.is_member and own is None
    return herself or bool(request.viewer.ids("focal_point") or request.viewer.ids("officer"))


@require_safe
def feed(request: HttpRequest, slug: str) -> HttpResponse:
    """Who has come onto the roster, as anybody on the internet may see it."""
    roster = visible_roster(request, slug)
    found = RosterList(anonymous(), roster)
    latest = (
        found.entries().select_related("country", "organization").order_by("-approved_at", "-pk")[:_IN_FEED]
    )
    address = absolute(roster.get_absolute_url())
    document = Atom1Feed(
        title=roster.name,
        link=address,
        description=roster.mandate[:300],
        language=get_language() or "en",
        feed_url=absolute(reverse("rosters:feed", args=[roster.slug])),
    )
    for row in found.rows(list(latest)):
        document.add_item(
            title=row.card.name,
            link=absolute(row.card.url),
            description=_("On the roster until %(day)s.") % {"day": date_format(row.entry.until)},
            unique_id=f"{address}#{row.entry.pk}",
            pubdate=row.entry.approved_at,
            updateddate=row.verified_on,
        )
    return HttpResponse(document.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def take_out(request: HttpRequest, slug: str) -> HttpResponse:
    """The people of the roster whom this viewer sees, as a table; the purpose is asked and logged."""
    roster = visible_roster(request, slug)
    form = RosterExportForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.export_roster(viewer=request.viewer, roster=roster, **form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field, refused.sentence)
        else:
            messages.success(request, _("Your list is here, or will be in a moment."))
            return redirect("experts:exports")
    context = {
        "form": form,
        "shortlist": roster,
        "number": RosterList(request.viewer, roster).count(),
        "back": roster.get_absolute_url(),
    }
    return render(request, "experts/export/index.html", context, status=422 if form.errors else 200)
