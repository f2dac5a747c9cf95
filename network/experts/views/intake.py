"""Bringing in lists of people, and what those who stand in them can do."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from network.accounts.enums import ListState
from network.accounts.models import ListSuggestion, PeopleList
from network.experts import actions, policies
from network.experts.actions import intake
from network.experts.claims import is_claimed
from network.experts.enums import Field
from network.experts.importing import letters, wording
from network.experts.importing.forms import ColumnsForm, SuggestionForm, UploadForm
from network.experts.models import ExpertProfile
from network.foundations.exceptions import Refused, StaleEdit
from network.foundations.forms import posted
from network.foundations.memory_uploads import kept_in_memory
from network.foundations.pager import paginate
from network.foundations.ratelimit import limited
from network.foundations.tables import MAX_BYTES

_PREVIEW = 10


def _demand(request: HttpRequest) -> None:
    if not policies.can_enter_people(request.viewer):
        raise PermissionDenied(_("Only the secretariat and administrators bring in lists of people."))


def _trail(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("People"), reverse("experts:directory")), *more]


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@kept_in_memory(MAX_BYTES + 1)
def lists(request: HttpRequest) -> HttpResponse:
    """The lists so far, and the way in for another one."""
    _demand(request)
    form = UploadForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            roster = actions.upload_list(
                viewer=request.viewer,
                name=form.cleaned_data["name"],
                file_name=(file.name or "").replace("\x00", ""),
                content=file.read(),
            )
        except Refused as refused:
            form.add_error(refused.field, refused.sentence)
        else:
            return redirect("experts:people_list", pk=roster.pk)
    rows = PeopleList.objects.defer("content", "rejected", "tried", "reasons").select_related("uploaded_by")
    context = {
        "form": form,
        "page": paginate(rows, ["-uploaded_at", "-id"], request.GET.get("cursor", "")),
        "trail": _trail(),
    }
    return render(request, "experts/intake/index.html", context, status=422 if form.errors else 200)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def people_list(request: HttpRequest, pk: int) -> HttpResponse:
    """One list: its columns to be told and tried, then how far it is, then what became of it."""
    _demand(request)
    found = get_object_or_404(PeopleList, pk=pk)
    if found.state != ListState.UPLOADED:
        if request.method == "POST":
            messages.info(request, _("This list is on its way in already."))
            return redirect("experts:people_list", pk=pk)
        return _report(request, found)
    return _columns(request, found)


def _columns(request: HttpRequest, found: PeopleList) -> HttpResponse:
    table = intake.table_of(found)
    form = ColumnsForm(posted(request), roster=found, table=table)
    if request.method == "POST" and form.is_valid():
        try:
            actions.tell_columns(
                viewer=request.viewer,
                roster=found,
                columns=form.columns,
                invite=form.cleaned_data["invite"],
                version=form.cleaned_data["version"],
            )
        except StaleEdit as stale:
            form.add_error(None, stale.sentence)
            form.data = form.data.copy()
            form.data["version"] = stale.current
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            return redirect(f"{reverse('experts:people_list', kwargs={'pk': found.pk})}#tried")
    columns = form.bound_columns()
    rows = [
        [*cells, *[""] * (len(columns) - len(cells))][: len(columns)]
        for _line, cells in table.rows[:_PREVIEW]
    ]
    context = {
        "roster": found,
        "form": form,
        "columns": columns,
        "rows": rows,
        "outcomes": wording.outcomes(found.tried["counts"]) if found.tried else None,
        "reasons": found.tried["reasons"] if found.tried else [],
        "trail": _trail((_("Lists of people"), reverse("experts:people_lists"))),
    }
    return render(request, "experts/intake/columns.html", context, status=422 if form.errors else 200)


def _report(request: HttpRequest, found: PeopleList) -> HttpResponse:
    context = {
        "roster": found,
        "running": found.state in (ListState.WAITING, ListState.RUNNING),
        "failed": found.state == ListState.FAILED,
        "outcomes": wording.outcomes(found.counts),
        "reasons": found.reasons[: _PREVIEW * 3],
        "trail": _trail((_("Lists of people"), reverse("experts:people_lists"))),
    }
    return render(request, "experts/intake/report.html", context)


@login_required
@require_POST
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the worker bring it in, as it was tried."""
    _demand(request)
    found = get_object_or_404(PeopleList, pk=pk)
    try:
        version = int(request.POST.get("version", "0"))
    except ValueError:
        version = 0
    try:
        actions.start_list(viewer=request.viewer, roster=found, version=version)
    except Refused as refused:
        messages.error(request, refused.sentence)
    return redirect("experts:people_list", pk=pk)


@login_required
@require_POST
def forget(request: HttpRequest, pk: int) -> HttpResponse:
    _demand(request)
    found = get_object_or_404(PeopleList, pk=pk)
    try:
        actions.forget_list(viewer=request.viewer, roster=found)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("experts:people_list", pk=pk)
    messages.success(request, _("The list is taken away. Who was brought in stays."))
    return redirect("experts:people_lists")


@never_cache
@login_required
@require_safe
def rejected(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows to be mended and brought in again."""
    _demand(request)
    found = get_object_or_404(PeopleList, pk=pk)
    if not found.rejected:
        raise Http404
    response = HttpResponse(bytes(found.rejected), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="to-mend-{found.pk}.csv"'
    return response


# --- for those who stand in a list ------------------------------------------------------------------------


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def suggestions(request: HttpRequest) -> HttpResponse:
    """Where a list says otherwise than her profile: she takes what she likes, the rest goes."""
    kept = ListSuggestion.objects.filter(person=request.user).first()
    profile = ExpertProfile.objects.for_cards().filter(user=request.user).first()
    profile = profile or ExpertProfile(user=request.user)
    values = kept.values if kept else {}
    form = SuggestionForm(
        posted(request),
        fields={field: str(Field(field).label) for field in values},
        initial={"seen": actions.mark(kept) if kept else ""},
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_suggestion(
                viewer=request.viewer, taken=set(form.cleaned_data["take"]), seen=form.cleaned_data["seen"]
            )
        except Refused as refused:
            messages.info(request, refused.sentence)
            return redirect("experts:suggestions")
        messages.success(request, _("Saved."))
        return redirect("experts:me")
    context: dict[str, Any] = {
        "form": form,
        "suggestion": kept if values else None,
        "rows": wording.beside_each_other(profile, values),
        "trail": _trail((_("Your profile"), reverse("experts:me"))),
    }
    return render(request, "experts/suggestions/index.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limited("answer-a-list", times=20, seconds=300)
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """What the mail leads to: take the account, or be erased at once. Opening the page does neither."""
    person = letters.person_of(token)
    if person is None:
        raise Http404
    claimed = is_claimed(person)
    if request.method == "POST" and not claimed:
        try:
            actions.refuse_lists(person=person)
        except Refused as refused:
            messages.info(request, refused.sentence)
        else:
            return render(request, "experts/from_list/gone.html")
    context = {
        "person": person,
        "list_name": person.from_list.list_name,
        "claimed": claimed,
        "told": wording.told_of(person),
    }
    return render(request, "experts/from_list/index.html", context)
