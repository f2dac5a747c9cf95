"""Pages of those who run the award: the secretariat's desk and the jury's room."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from network.awards import actions, policies
from network.awards.enums import Criterion, Medal
from network.awards.forms import DisclosureForm, EditionForm, JurorForm
from network.awards.models import Edition, Nomination
from network.awards.views import INVALID, about, edition_or_404, nomination_or_404, score_table, trail
from network.calls import actions as engine
from network.calls import policies as engine_policies
from network.calls.enums import AssignmentState, Outcome, StageKind
from network.calls.forms import DecisionForm, RecusalForm, ReviewForm, ScreeningForm
from network.calls.models import Assignment, Case, PanelMember, StageRun
from network.foundations.exceptions import Refused
from network.foundations.forms import posted


def desk_or_403(request: HttpRequest, slug: str) -> Edition:
    edition = edition_or_404(request, slug)
    if not policies.can_manage(request.viewer, edition):
        raise PermissionDenied(_("This desk is the secretariat's."))
    return edition


def ask(request, template, form, context, deed, done) -> HttpResponse:
    """Show a form, do the deed when it is valid, put a refusal beside its field."""
    if request.method == "POST" and form.is_valid():
        try:
            deed()
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
        else:
            return done()
    return render(request, template, {**context, "form": form}, status=INVALID if form.errors else 200)


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
            call=edition.call, person=form.person, represents=form.cleaned_data["represents"], by=request.user
        )

    her_own = StageRun.objects.filter(
        case=OuterRef("case"),
        kind=StageKind.SCREEN,
        outcome=Outcome.ELIGIBLE,
        closed_by_id=request.viewer.user_id,
    )
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
            screened_by_viewer=Exists(her_own),
        )
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
    form = ScreeningForm(posted(request))
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
    form = DecisionForm(posted(request), outcomes=dict(Medal.choices), initial=initial)
    return ask(
        request, "awards/decide/index.html", form,
        {**about(nomination), "table": score_table(request.viewer, nomination)},
        lambda: engine.decide(case=nomination.case, by=request.user, **form.cleaned_data),
        lambda: redirect("awards:desk", slug),
    )  # fmt: skip


@login_required
def release(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what will happen, then do it in one act."""
    edition = desk_or_403(request, slug)
    error = ""
    if request.method == "POST":
        try:
            engine.release(call=edition.call, by=request.user)
        except Refused as refusal:
            error = refusal.sentence
        else:
            messages.info(request, _("The results are public."))
            return redirect("awards:edition", slug)
    decided = (
        Nomination.objects.visible_to(request.viewer)
        .filter(edition=edition, case__decisions__isnull=False)
        .select_related("case__party")
        .prefetch_related("case__decisions")
        .distinct()
    )
    rows = [(nomination, Medal(nomination.case.decisions.all()[0].outcome).label) for nomination in decided]
    return render(
        request,
        "awards/release/index.html",
        {"trail": trail(edition), "edition": edition, "rows": rows, "error": error},
        status=INVALID if error else 200,
    )


@login_required
def excuse(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Who has not scored this nomination; go on without one of them."""
    desk_or_403(request, slug)
    nomination = nomination_or_404(request, slug, public_id)
    waiting = Assignment.objects.filter(
        case=nomination.case, state=AssignmentState.ASSIGNED, run__closed_at=None
    ).select_related("member__person")
    if request.method == "POST":
        assignment = get_object_or_404(waiting, pk=_number(request.POST.get("assignment")))
        try:
            engine.excuse(assignment=assignment, by=request.user)
        except Refused as refusal:
            messages.warning(request, refusal.sentence)
        return redirect("awards:desk", slug)
    return render(
        request,
        "awards/desk/excuse.html",
        {**about(nomination), "waiting": waiting},
    )


def _number(raw: str | None) -> int:
    return int(raw) if raw and raw.isascii() and raw.isdecimal() and len(raw) < 19 else 0


@login_required
def show_jury_room(request: HttpRequest, slug: str) -> HttpResponse:
    """The juror's list; first of all her disclosure, before any file opens."""
    edition = edition_or_404(request, slug)
    member = (
        PanelMember.objects.filter(call=edition.call_id, person=request.user).first()
        if edition.call_id
        else None
    )
    if member is None:
        raise PermissionDenied(_("This room is the jury's."))
    if member.disclosed_at is None:
        cases = Case.objects.filter(call=edition.call, submitted_at__isnull=False).select_related("party")
        form = DisclosureForm(posted(request), cases=cases)
        return ask(
            request, "awards/jury/disclose.html", form, {"trail": trail(edition), "edition": edition},
            lambda: engine.disclose(
                member=member, conflicted=list(form.cleaned_data["conflicts"]), by=request.user
            ),
            lambda: redirect("awards:jury", slug),
        )  # fmt: skip
    assignments = (
        Assignment.objects.active()
        .filter(member=member, case__in=Case.objects.visible_to(request.viewer))
        .select_related("case__party", "case__nomination", "run")
        .order_by("case__party__code")
    )
    return render(
        request,
        "awards/jury/index.html",
        {"trail": trail(edition), "edition": edition, "assignments": assignments},
    )


@login_required
def score(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    nomination = nomination_or_404(request, slug, public_id)
    assignment = engine_policies.assignment_of(request.viewer, nomination.case)
    if assignment is None:
        raise PermissionDenied(_("This nomination is not open to your scores."))
    last = assignment.reviews.order_by("-version").first()
    initial = {}
    if last:
        initial = {f"score_{code}": score for code, score in last.scores.items()}
        initial |= {f"reason_{code}": reason for code, reason in last.reasons.items()}
    form = ReviewForm(
        posted(request),
        rules=nomination.case.call.rules,
        labels=dict(Criterion.choices),
        initial=initial,
    )
    return ask(
        request, "awards/score/index.html", form,
        about(nomination),
        lambda: engine.submit_review(
            case=nomination.case, scores=form.scores, reasons=form.reasons, by=request.user
        ),
        lambda: redirect("awards:jury", slug),
    )  # fmt: skip


@login_required
def recuse(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    nomination = nomination_or_404(request, slug, public_id)
    if not engine_policies.can_recuse(request.viewer, nomination.case):
        raise PermissionDenied(_("You are not scoring this nomination."))
    form = RecusalForm(posted(request))
    return ask(
        request, "awards/recuse/index.html", form,
        about(nomination),
        lambda: engine.recuse(case=nomination.case, by=request.user, **form.cleaned_data),
        lambda: redirect("awards:jury", slug),
    )  # fmt: skip
