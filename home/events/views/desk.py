"""The registration desk for those who keep the event: its list, its rules, who is here."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communities.views.common import page, refuse
from home.events import actions, lists
from home.events.enums import LIVE
from home.events.finding import desk_of
from home.events.forms import DeskFilter, DeskForm, QuestionFormSet, TurnAwayForm
from home.events.models import Desk, Registration
from home.events.views.common import around, find_desk, find_event, keep
from network.foundations.exceptions import Refused, StaleEdit
from network.foundations.forms import posted
from network.foundations.pager import paginate

_SHOWN = 50
_AT_ONCE = {"approve": actions.approve, "check-in": actions.check_in, "undo-check-in": actions.undo_check_in}
_WITH_REASON = {"decline": actions.decline, "dismiss": actions.dismiss}


@never_cache
@login_required
@require_safe
def desk(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody who asked for a place, in the order in which they came."""
    event = find_event(request, slug)
    keep(request, event)
    here = desk_of(event)
    if here is None:
        return redirect("events:desk_settings", slug)
    form = DeskFilter(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    rows = _found(here.registrations.select_related("person", "country"), asked)
    found = paginate(rows, ["number", "id"], request.GET.get("cursor", ""), _SHOWN)
    context = around(event, desk=here, page=found, form=form, counts=_counts(here), asked=asked)
    return render(request, "events/desk/index.html", context)


def _found(rows: QuerySet, asked: dict[str, Any]) -> QuerySet:
    """Those asked for; without a state, those who take part or still may."""
    rows = rows.filter(state=asked["state"]) if asked.get("state") else rows.filter(state__in=LIVE)
    if words := asked.get("q", "").replace("\x00", "").strip():
        rows = rows.filter(Q(person__name__icontains=words) | Q(code=words.lower()))
    return rows


def _counts(here: Desk) -> dict[str, int]:
    told = {state: Count("pk", filter=Q(state=state)) for state in LIVE}
    return here.registrations.aggregate(present=Count("checked_in_at"), **told)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest, slug: str) -> HttpResponse:
    """The rules of the desk; the first time, opening it."""
    event = find_event(request, slug)
    keep(request, event)
    here = desk_of(event)
    sent = posted(request)
    form = DeskForm(sent, instance=here, event=event)
    questions = QuestionFormSet(sent, initial=QuestionFormSet.of(here), prefix="questions")
    stale = None
    if request.method == "POST" and form.is_valid() and questions.is_valid():
        rules = form.values() | {"questions": questions.values()}
        try:
            if here is None:
                actions.open_desk(viewer=request.viewer, event=event, **rules)
            else:
                version = form.cleaned_data["version"] or 0
                actions.change_desk(viewer=request.viewer, event=event, desk=here, version=version, **rules)
        except StaleEdit as refused:
            stale = refused.current
            form.renew_version(stale)
            refuse(form, refused)
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("Saved."))
            return redirect("events:desk", slug)
    context = around(event, desk=here, form=form, questions=questions, stale=stale)
    bad = request.method == "POST" and (form.errors or not questions.is_valid())
    return render(request, "events/desk/settings.html", context, status=422 if bad else 200)


@login_required
@require_POST
def close(request: HttpRequest, slug: str) -> HttpResponse:
    event, here = find_desk(request, slug)
    actions.close_desk(viewer=request.viewer, event=event, desk=here)
    messages.success(request, _("Nobody registers any more. Who has a place keeps it."))
    return redirect("events:desk", slug)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, slug: str, pk: int, act: str) -> HttpResponse:
    """One decision about one person. Turning somebody away asks for a reason first."""
    event, here = find_desk(request, slug)
    keep(request, event)
    if act not in {*_AT_ONCE, *_WITH_REASON}:
        raise Http404
    row = get_object_or_404(here.registrations.select_related("person"), pk=pk)
    row.desk = here
    form = TurnAwayForm(posted(request)) if act in _WITH_REASON else None
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            _do(request, event, row, act, form)
        except Refused as refused:
            if form is None:
                messages.error(request, refused.sentence)
                return redirect("events:desk", slug)
            refuse(form, refused)
        else:
            return redirect("events:desk", slug)
    context = around(event, row=row, act=act, form=form)
    return page(request, "events/desk/act.html", context, form)


def _do(request: HttpRequest, event: Any, row: Registration, act: str, form: TurnAwayForm | None) -> None:
    common = {"viewer": request.viewer, "event": event, "registration": row}
    if form is not None:
        _WITH_REASON[act](**common, **form.cleaned_data)
    else:
        _AT_ONCE[act](**common)


@never_cache
@login_required
@require_safe
def sheet(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody with a place by name, to be printed and ticked at the door without a line."""
    event, here = find_desk(request, slug)
    keep(request, event)
    rows = here.registrations.confirmed().select_related("person").order_by("person__name", "pk")
    return render(request, "events/desk/sheet.html", around(event, desk=here, rows=rows))


@never_cache
@login_required
@require_safe
def table(request: HttpRequest, slug: str) -> HttpResponse:
    """The whole list as a file for a spreadsheet."""
    event, here = find_desk(request, slug)
    keep(request, event)
    response = HttpResponse(lists.table(here, event.zone), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="registrations-{here.pk}.csv"'
    return response
