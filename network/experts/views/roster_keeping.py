"""Looking after a roster: its queue, its people, its keepers, its text."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from network.experts import actions, disclosure, policies
from network.experts.freshness import leaves_on, term_ends_on
from network.experts.models import Roster, RosterEntry, RosterKeeper
from network.experts.roster_forms import KeeperForm, RosterForm
from network.experts.views.rosters import trail, visible_roster
from network.foundations.exceptions import Refused, StaleEdit
from network.foundations.forms import posted
from network.foundations.pager import paginate

_LARGEST = 2**63 - 1


@login_required
@require_safe
def keep(request: HttpRequest, slug: str) -> HttpResponse:
    """What waits for keepers, whose term ends, and everybody on the roster, shown or not."""
    roster = visible_roster(request, slug)
    if not policies.can_keep(request.viewer, roster):
        raise PermissionDenied(_("This is for the keepers of the roster."))
    entries = RosterEntry.objects.filter(roster=roster).whole()
    waiting = list(entries.waiting_for_keeper().order_by("accepted_at", "pk")[:100])
    unanswered = list(entries.waiting_for_person().order_by("nominated_at", "pk")[:100])
    ending = list(entries.to_renew().order_by("until", "pk")[:100])
    page = paginate(entries.active().sinking(), ["-sunk", "id"], request.GET.get("cursor", ""), size=50)
    everybody = [row.person_id for rows in (waiting, unanswered, ending, page.rows) for row in rows]
    cards = disclosure.cards_for(request.viewer, everybody)
    context = {
        "roster": roster,
        "waiting": [(row, cards.get(row.person_id), _decides(request, row)) for row in waiting],
        "unanswered": [(row, cards.get(row.person_id)) for row in unanswered],
        "ending": [
            (row, cards.get(row.person_id), term_ends_on(row), _decides(request, row)) for row in ending
        ],
        "page": page,
        "rows": [(row, cards.get(row.person_id), leaves_on(row)) for row in page.rows],
        "trail": trail((roster.name, roster.get_absolute_url())),
    }
    return render(request, "experts/roster_keep/index.html", context)


def _decides(request: HttpRequest, row: RosterEntry) -> bool:
    return policies.can_decide_entry(request.viewer, row)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    _run_by(request)
    return _ask(request, RosterForm(posted(request)), None)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    roster = visible_roster(request, slug)
    _run_by(request)
    return _ask(request, RosterForm.of(roster, posted(request)), roster)


def _run_by(request: HttpRequest) -> None:
    if not policies.can_run_rosters(request.viewer):
        raise PermissionDenied(_("Only the secretariat opens and changes rosters."))


def _ask(request: HttpRequest, form: RosterForm, roster: Roster | None) -> HttpResponse:
    stale = None
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            saved = actions.save_roster(
                viewer=request.viewer, values=form.values, roster=roster, version=version
            )
        except StaleEdit as error:
            stale = error.current
            form.renew_version(stale)
            form.add_error(None, error.sentence)
        else:
            messages.success(request, _("Saved."))
            return redirect(saved if roster else reverse("rosters:keepers", args=[saved.slug]))
    context = {
        "form": form,
        "roster": roster,
        "stale": stale,
        "trail": trail(*([(roster.name, roster.get_absolute_url())] if roster else [])),
        "cancel_url": roster.get_absolute_url() if roster else reverse("rosters:list"),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "experts/roster_edit/index.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def keepers(request: HttpRequest, slug: str) -> HttpResponse:
    """Who looks after it, since when; naming another one."""
    roster = visible_roster(request, slug)
    if not policies.can_run_rosters(request.viewer):
        raise PermissionDenied(_("Only the secretariat names keepers of rosters."))
    form = KeeperForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.name_keeper(viewer=request.viewer, roster=roster, person=form.person)
        except Refused as refused:
            form.add_error(refused.field, refused.sentence)
        else:
            messages.success(request, _("Named."))
            return redirect("rosters:keepers", slug=slug)
    rows = list(RosterKeeper.objects.current().filter(roster=roster).order_by("since", "pk"))
    cards = disclosure.cards_for(request.viewer, [row.person_id for row in rows])
    context = {
        "roster": roster,
        "form": form,
        "rows": [(row, cards.get(row.person_id)) for row in rows],
        "trail": trail((roster.name, roster.get_absolute_url())),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "experts/roster_keepers/index.html", context, status=status)


@login_required
@require_POST
def end_keeper(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    roster = visible_roster(request, slug)
    found = get_object_or_404(RosterKeeper, roster=roster, pk=min(number, _LARGEST))
    try:
        actions.end_keeper(viewer=request.viewer, keeper=found)
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, _("Ended."))
    if not policies.can_run_rosters(request.viewer):
        return redirect(roster)
    return redirect("rosters:keepers", slug=slug)


@login_required
@require_POST
def close(request: HttpRequest, slug: str) -> HttpResponse:
    roster = visible_roster(request, slug)
    try:
        actions.close_roster(viewer=request.viewer, roster=roster)
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, _("Closed. Everybody on it is told."))
    return redirect("rosters:list")
