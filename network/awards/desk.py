"""Pages of those who run the award: the secretariat's desk and the jury's room."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from network.awards import actions, policies
from network.awards.asking import ask
from network.awards.enums import CHECKLIST, outcomes_of
from network.awards.forms import ConflictForm, EditionForm, JurorForm
from network.awards.models import Edition, Nomination
from network.awards.views import about, edition_or_404, nomination_or_404, score_table, trail
from network.calls import actions as engine
from network.calls import course
from network.calls import policies as engine_policies
from network.calls.enums import AssignmentState, StageKind
from network.calls.forms import DecisionForm, ScreeningForm
from network.calls.models import Assignment, Case, PanelMember
from network.calls.querysets import ACTIVE
from network.calls.seating import proposals, reads
from network.foundations.exceptions import Refused
from network.foundations.forms import posted


def desk_or_403(request: HttpRequest, slug: str) -> Edition:
    edition = edition_or_404(request, slug)
    if not policies.can_manage(request.viewer, edition):
        raise PermissionDenied(_("This desk is the secretariat's."))
    return edition


@login_required
def open_edition(request: HttpRequest) -> HttpResponse:
    if not request.viewer.has("role:secretariat"):
        raise PermissionDenied(_("The secretariat opens an edition."))
    form = EditionForm(posted(request))

    def deed() -> None:
        data = dict(form.cleaned_data)
        data["names"] = {get_language(): data.pop("name")}
        actions.open_edition(by=request.user, **data)

    return ask(
        request, "awards/new/index.html", form, {}, deed,
        lambda: redirect("awards:desk", form.cleaned_data["slug"]),
    )  # fmt: skip


@login_required
def show_desk(request: HttpRequest, slug: str) -> HttpResponse:
    """Every nomination with its stage, the jury, and what waits for the secretariat."""
    edition = desk_or_403(request, slug)
    form = JurorForm(posted(request))

    def deed() -> None:
        engine.seat_juror(
            call=edition.call, person=form.person, represents=form.cleaned_data["represents"],
            until=form.cleaned_data["until"], by=request.user,
        )  # fmt: skip

    active = Q(case__assignments__state__in=[AssignmentState.ASSIGNED, AssignmentState.DONE])
    nominations = (
        Nomination.objects.visible_to(request.viewer)
        .filter(edition=edition, case__submitted_at__isnull=False)
        .select_related("case__party", "edition")
        .prefetch_related("case__runs", "case__decisions")
        .annotate(
            entrusted=Count("case__assignments", filter=active, distinct=True),
            scored=Count(
                "case__assignments", filter=Q(case__assignments__state=AssignmentState.DONE), distinct=True
            ),
        )
        .with_parts_of(request.viewer)
        .order_by("case__submitted_at")
    )
    context = {
        "trail": trail(edition),
        "edition": edition,
        "nominations": nominations,
        "panel": edition.call.panel.select_related("person", "represents").order_by("seated_at"),
        "undecided": [n for n in nominations if n.case.run and not n.case.decisions.all()],
        "stages": StageKind,
    }
    return ask(request, "awards/desk/index.html", form, context, deed, lambda: redirect("awards:desk", slug))


@login_required
def screen(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    nomination = nomination_or_404(request, slug, public_id)
    if not engine_policies.can_screen(request.viewer, nomination.case):
        raise PermissionDenied(_("This nomination does not wait for your screening."))
    form = ScreeningForm(posted(request), checklist=CHECKLIST, zone=nomination.case.call.zone)
    return ask(
        request, "awards/screen/index.html", form,
        about(nomination),
        lambda: engine.screen(case=nomination.case, by=request.user, **form.cleaned_data),
        lambda: redirect("awards:desk", slug),
    )  # fmt: skip


@login_required
def decide(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    nomination = nomination_or_404(request, slug, public_id)
    if not engine_policies.can_decide(request.viewer, nomination.case):
        raise PermissionDenied(_("Whoever brought, screened or scored a nomination does not decide on it."))
    last = nomination.case.decisions.first()
    initial = {"outcome": last.outcome, "note": last.note} if last else {}
    form = DecisionForm(posted(request), outcomes=outcomes_of(nomination.case.call.rules), initial=initial)
    return ask(
        request, "awards/decide/index.html", form,
        {**about(nomination), "table": score_table(request.viewer, nomination)},
        lambda: engine.decide(case=nomination.case, by=request.user, **form.cleaned_data),
        lambda: redirect("awards:desk", slug),
    )  # fmt: skip


@login_required
def show_panel(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Who scores this nomination: go on without one, ask another, tell of a conflict."""
    desk_or_403(request, slug)
    nomination = nomination_or_404(request, slug, public_id)
    case = nomination.case
    form = ConflictForm(posted(request), people=case.call.panel.exclude(person=None).select_related("person"))
    at_jury = engine_policies.can_substitute(request.viewer, case)
    assignments = list(
        Assignment.objects.filter(case=case, run=case.run).select_related("member__person") if at_jury else []
    )
    proposed = proposals(case, case.run) if at_jury else []
    context = {
        **about(nomination),
        "waiting": [one for one in assignments if one.state == AssignmentState.ASSIGNED],
        "strangers": [one for one in assignments if one.state in ACTIVE and not reads(one.member, case)],
        "stepped_back": [one for one in assignments if one.state == AssignmentState.RECUSED],
        "below": at_jury and sum(one.state in ACTIVE for one in assignments) < _quorum(case),
        "proposed": [(seat, reads(seat, case)) for seat in proposed],
        "quorum": _quorum(case) if at_jury else 0,
        "conflicts": case.conflicts.select_related("person"),
        "can_raise": engine_policies.can_raise_conflict(request.viewer, case),
    }

    def deed() -> None:
        if "assignment" in request.POST:
            found = get_object_or_404(Assignment, case=case, pk=_number(request.POST["assignment"]))
            engine.excuse(assignment=found, by=request.user)
        elif "reader" in request.POST:
            found = get_object_or_404(Assignment, case=case, pk=_number(request.POST["reader"]))
            name = request.POST.get("interpreter", "").replace("\x00", "")
            engine.name_interpreter(assignment=found, name=name, by=request.user)
        elif "member" in request.POST:
            seat = get_object_or_404(PanelMember, call=case.call, pk=_number(request.POST["member"]))
            engine.substitute(case=case, member=seat, by=request.user)
        else:
            engine.raise_conflict(
                case=case, person=form.cleaned_data["seat"].person, by=request.user,
                reason=form.cleaned_data["reason"],
            )  # fmt: skip

    if request.method == "POST" and {"assignment", "member", "reader"} & set(request.POST):
        try:
            deed()
        except Refused as refusal:
            messages.warning(request, refusal.sentence)
        return redirect("awards:excuse", slug, public_id)
    return ask(
        request, "awards/desk/panel.html", form, context, deed,
        lambda: redirect("awards:excuse", slug, public_id),
    )  # fmt: skip


def _quorum(case: Case) -> int:
    return course.quorum_at(case.call.rules, case.run.place)


def _number(raw: str | None) -> int:
    return int(raw) if raw and raw.isascii() and raw.isdecimal() and len(raw) < 19 else 0
