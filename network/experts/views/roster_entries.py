"""One's own places on rosters, nominating, one entry, and saying that it is still true."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from network.experts import actions, disclosure, once_links, policies
from network.experts.enums import Way
from network.experts.freshness import check_due, leaves_on, marked_on, term_ends_on
from network.experts.models import ExpertProfile, Roster, RosterEntry
from network.experts.roster_forms import AssignmentForm, NominationForm, ReasonForm, ThanksForm
from network.experts.views.rosters import trail, visible_roster
from network.experts.voices import nominating_voices_of
from network.foundations.exceptions import Refused
from network.foundations.forms import posted
from network.organizations.models import Affiliation

_LARGEST = 2**63 - 1


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Where I stand, what I am asked, what I did; and those whom I or my office put forward."""
    me = request.viewer.user_id
    hers = RosterEntry.objects.whole().prefetch_related("assignments").filter(person=me)
    rows = list(hers.order_by("-nominated_at", "-pk"))
    nominated = RosterEntry.objects.visible_to(request.viewer).open().whole().exclude(person=me)
    others = list(nominated.exclude(capacity="").order_by("-nominated_at", "-pk")[:200])
    cards = disclosure.cards_for(request.viewer, [row.person_id for row in others])
    standing = [row for row in rows if row.is_active and row.roster.closed_at is None]
    context = {
        "asked": [row for row in rows if row.ended_at is None and row.approved_at is None],
        "standing": [_dated(request, row) for row in standing],
        "past": [row for row in rows if row.ended_at is not None],
        "nominated": [(row, cards.get(row.person_id), _renominable(request, row)) for row in others],
        "published": ExpertProfile.objects.filter(user=me).published().exists(),
        "trail": trail(),
    }
    return render(request, "experts/roster_mine/index.html", context)


def _dated(request: HttpRequest, row: RosterEntry) -> dict[str, Any]:
    return {
        "row": row,
        "next_check": check_due(row),
        "marked_on": marked_on(row),
        "leaves_on": leaves_on(row),
        "term_ends_on": term_ends_on(row),
        "renominable": _renominable(request, row),
    }


def _renominable(request: HttpRequest, row: RosterEntry) -> bool:
    due = row.term_told_at is not None and row.renominated_at is None
    return due and policies.can_renominate(request.viewer, row)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def nominate(request: HttpRequest, slug: str) -> HttpResponse:
    """Put somebody forward, or oneself."""
    roster = visible_roster(request, slug)
    voices = nominating_voices_of(request.viewer)
    if not voices and not roster.self_nomination:
        raise PermissionDenied(_("Focal points and officers of an organization nominate for this roster."))
    initial = {"person": request.GET.get("person", "")[:200]}
    form = NominationForm(posted(request), voices=voices, myself=roster.self_nomination, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            _nominate(request, roster, form)
        except Refused as refused:
            form.add_error(refused.field, refused.sentence)
        else:
            messages.success(request, _("Nominated. Each step is shown here."))
            return redirect("rosters:mine")
    context = {"roster": roster, "form": form, "trail": trail((roster.name, roster.get_absolute_url()))}
    status = 422 if request.method == "POST" else 200
    return render(request, "experts/roster_nominate/index.html", context, status=status)


def _nominate(request: HttpRequest, roster: Roster, form: NominationForm) -> None:
    voice, person = form.cleaned_data["voice"], request.user
    if voice is not None:
        visible = ExpertProfile.objects.visible_to(request.viewer).select_related("user")
        profile = visible.filter(slug=form.slug).first()
        if profile is None:
            raise Refused(_("There is no page of a person at this address."), "person")
        if profile.user_id == request.viewer.user_id:
            raise Refused(_("Nobody puts herself forward in the name of others."), "person")
        person = profile.user
    actions.nominate(
        viewer=request.viewer, roster=roster, person=person, voice=voice, why=form.cleaned_data["why"]
    )


@login_required
@require_safe
def entry(request: HttpRequest, number: int) -> HttpResponse:
    """The whole of one entry: what happened, and what she was asked to do."""
    return _show_entry(request, _visible(request, number))


def _show_entry(request: HttpRequest, found: RosterEntry, sent: dict[str, Any] | None = None) -> HttpResponse:
    """``sent`` holds a form that was sent with something wrong in it."""
    decides = policies.can_decide_entry(request.viewer, found) and found.ended_at is None
    inside = decides or found.person_id == request.viewer.user_id
    events = list(found.events.order_by("-pk")[:200]) if inside else []
    people = [found.person_id, found.nominated_by_id, *(event.by_id for event in events)]
    cards = disclosure.cards_for(request.viewer, people)
    context = {
        "entry": found,
        "person": cards.get(found.person_id),
        "nominator": cards.get(found.nominated_by_id or 0),
        "events": [(event, cards.get(event.by_id or 0)) for event in events],
        "assignments": list(found.assignments.order_by("-since", "-pk")) if inside else [],
        "leaves_on": leaves_on(found) if found.is_active else None,
        "decides": decides,
        "reason_form": ReasonForm(),
        "assignment_form": AssignmentForm(),
        "thanks_form": ThanksForm(),
        "trail": trail((found.roster.name, found.roster.get_absolute_url())),
        **(sent or {}),
    }
    return render(request, "experts/roster_entry/index.html", context, status=422 if sent else 200)


def _visible(request: HttpRequest, number: int) -> RosterEntry:
    found = RosterEntry.objects.visible_to(request.viewer).whole()
    return get_object_or_404(found, pk=min(number, _LARGEST))


#: What a button does that needs no more words: the deed, what is said, and where it leads.
_VERBS: dict[str, tuple[Callable[..., Any], Any, str]] = {
    "accept": (
        actions.accept_nomination,
        gettext_lazy("Accepted. The keepers of the roster decide next."),
        "mine",
    ),
    "leave": (actions.leave_roster, gettext_lazy("You are off this roster."), "mine"),
    "confirm": (actions.confirm_own, gettext_lazy("Noted with today’s date."), "mine"),
    "speak": (actions.confirm_for, gettext_lazy("Noted with today’s date. The person is told."), "office"),
    "approve": (actions.approve, gettext_lazy("On the roster from today."), "keep"),
    "renominate": (actions.renominate, gettext_lazy("Put forward again. A keeper decides."), "mine"),
    "renew": (actions.renew, gettext_lazy("Renewed."), "keep"),
}


@login_required
@require_POST
def act(request: HttpRequest, number: int, verb: str) -> HttpResponse:
    """One of the deeds that need no more words."""
    if verb not in _VERBS:
        raise Http404
    deed, said, where = _VERBS[verb]
    found = _spoken_for(request, number) if verb == "speak" else _visible(request, number)
    try:
        deed(viewer=request.viewer, entry=found)
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, str(said))
    if where == "keep":
        return redirect("rosters:keep", slug=found.roster.slug)
    return redirect(f"rosters:{where}")


@login_required
@require_POST
def write_down(request: HttpRequest, number: int, what: str) -> HttpResponse:
    """One of a keeper's deeds with words: taking off, an assignment, thanks."""
    found = _visible(request, number)
    if not policies.can_decide_entry(request.viewer, found):
        raise PermissionDenied(_("Only keepers of the roster decide, and nobody about herself."))
    form: Any = {"off": ReasonForm, "assignment": AssignmentForm}.get(what, ThanksForm)(request.POST)
    name = {"off": "reason_form", "assignment": "assignment_form"}.get(what, "thanks_form")
    if not form.is_valid():
        return _show_entry(request, found, {name: form, "thanked": what})
    try:
        if what == "off":
            actions.take_off(viewer=request.viewer, entry=found, **form.cleaned_data)
        elif what == "assignment":
            actions.record_assignment(viewer=request.viewer, entry=found, **form.cleaned_data)
        else:
            of = get_object_or_404(
                found.assignments, pk=int(what) if what.isdecimal() and len(what) < 18 else 0
            )
            actions.thank(viewer=request.viewer, assignment=of, **form.cleaned_data)
    except Refused as refused:
        form.add_error(refused.field, refused.sentence)
        return _show_entry(request, found, {name: form, "thanked": what})
    messages.success(request, _("Written down."))
    return redirect("rosters:entry", number=found.pk)


@login_required
@require_safe
def office(request: HttpRequest) -> HttpResponse:
    """Officers: people of my organizations who were asked and have not answered."""
    if not request.viewer.ids("officer"):
        raise PermissionDenied(_("Only officers of an organization speak for its people."))
    rows = list(_of_offices(request).whole().order_by("asked_at", "pk")[:200])
    cards = disclosure.cards_for(request.viewer, [row.person_id for row in rows])
    context = {
        "rows": [(row, cards.get(row.person_id), leaves_on(row)) for row in rows],
        "trail": trail(),
    }
    return render(request, "experts/roster_office/index.html", context)


def _of_offices(request: HttpRequest) -> Any:
    """Of the organizations that have confirmed them, and never oneself."""
    people = Affiliation.objects.current().filter(
        organization__in=request.viewer.ids("officer"), confirmed_at__isnull=False
    )
    found = RosterEntry.objects.to_confirm().filter(person__in=people.values("person"))
    return found.exclude(person=request.viewer.user_id)


def _spoken_for(request: HttpRequest, number: int) -> RosterEntry:
    return get_object_or_404(_of_offices(request).whole(), pk=min(number, _LARGEST))


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def still_true(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link in the mail: opening it confirms nothing, its button does, once.

    Without signing in: the signature stands for the person, no session could be borrowed. Programs that
    open every link of a mail only look.
    """
    asked = once_links.read(token)
    found = RosterEntry.objects.whole().filter(pk=asked.entry).first() if asked else None
    if asked is None or found is None:
        raise Http404("This address is not one of ours.")
    done, refused = False, ""
    if request.method == "POST":
        try:
            actions.confirm_by_link(entry=found, round=asked.round, way=Way.LINK)
            done = True
        except Refused as error:
            refused = error.sentence
        found.refresh_from_db()
    open_still = found.ended_at is None and found.asked_at is not None and found.round == asked.round
    context = {
        "roster": found.roster,
        "done": done,
        "refused": refused,
        "open": open_still,
        "ended": found.ended_at,
        "verified_at": found.verified_at,
        "leaves_on": leaves_on(found) if open_still else None,
        "sign_in": reverse("rosters:mine"),
    }
    status = 422 if refused else 200
    response = render(request, "experts/roster_still_true/index.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response
