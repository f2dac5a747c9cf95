"""Pages of the jury: the invitation, the room, scores, the talk after them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from network.awards.asking import ask
from network.awards.enums import SCORED, anchor_of
from network.awards.forms import DisclosureForm
from network.awards.models import Edition, Nomination
from network.awards.views import about, edition_or_404, nomination_or_404, score_table, trail
from network.calls import actions as engine
from network.calls import policies as engine_policies
from network.calls.enums import AssignmentState, Round, SeatState, StageKind
from network.calls.forms import RecusalForm, RemarkForm, ReviewForm, SeatForm
from network.calls.models import Assignment, Case, PanelMember, ReviewDraft
from network.foundations.forms import posted


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
    if member.state != SeatState.ACCEPTED:
        return _answer_seat(request, edition, member)
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
        {
            "trail": trail(edition),
            "edition": edition,
            "assignments": assignments,
            "member": member,
            "discussing": edition.call.cases.visible_to(request.viewer)
            .filter(
                runs__kind=StageKind.DISCUSS,
                runs__closed_at=None,
                assignments__member=member,
                assignments__state=AssignmentState.DONE,
            )
            .select_related("party"),
        },
    )


def _answer_seat(request: HttpRequest, edition: Edition, member: PanelMember) -> HttpResponse:
    if member.state == SeatState.DECLINED:
        raise PermissionDenied(_("You have declined this seat. The secretariat can be asked for another."))
    form = SeatForm(posted(request), initial={"languages": [request.user.language]})

    def deed() -> None:
        data = form.cleaned_data
        engine.answer_seat(
            member=member, accepts=data["answer"] == SeatState.ACCEPTED, languages=data["languages"],
            reason=data["reason"], by=request.user,
        )  # fmt: skip

    def done() -> HttpResponse:
        if form.cleaned_data["answer"] == SeatState.ACCEPTED:
            return redirect("awards:jury", edition.slug)
        messages.info(request, _("Your answer is with the secretariat. Thank you for telling it."))
        return redirect("awards:edition", edition.slug)

    context = {"trail": trail(edition), "edition": edition, "member": member}
    return ask(request, "awards/jury/answer.html", form, context, deed, done)


def _review_form(request: HttpRequest, nomination: Nomination, initial: dict) -> ReviewForm:
    return ReviewForm(
        posted(request), rules=nomination.case.call.rules, labels=dict(SCORED), anchors=anchor_of,
        initial=initial,
    )  # fmt: skip


def _as_typed(scores: dict, reasons: dict) -> dict:
    return {f"score_{code}": score for code, score in scores.items()} | {
        f"reason_{code}": reason for code, reason in reasons.items()
    }


@login_required
def score(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    nomination = nomination_or_404(request, slug, public_id)
    assignment = engine_policies.assignment_of(request.viewer, nomination.case)
    if assignment is None:
        raise PermissionDenied(_("This nomination is not open to your scores."))
    last = assignment.reviews.order_by("-version").first()
    draft = ReviewDraft.objects.filter(assignment=assignment).first()
    begun = draft or last
    form = _review_form(request, nomination, _as_typed(begun.scores, begun.reasons) if begun else {})
    return ask(
        request, "awards/score/index.html", form,
        {**about(nomination), "draft": draft, "given": last, "assignment": assignment},
        lambda: engine.submit_review(
            case=nomination.case, scores=form.scores, reasons=form.reasons, by=request.user
        ),
        lambda: redirect("awards:jury", slug),
    )  # fmt: skip


@login_required
@require_POST
def keep_draft(request: HttpRequest, slug: str, public_id: str) -> JsonResponse:
    """What the score form sends while it is filled in. It hands in nothing."""
    nomination = nomination_or_404(request, slug, public_id)
    if engine_policies.assignment_of(request.viewer, nomination.case) is None:
        return JsonResponse({"text": _("This nomination is no longer open to your scores.")}, status=403)
    scores, reasons = _review_form(request, nomination, {}).typed
    draft = engine.keep_draft(case=nomination.case, scores=scores, reasons=reasons, by=request.user)
    hour = date_format(timezone.localtime(draft.saved_at), "TIME_FORMAT")
    return JsonResponse({"text": _("Kept at %(hour)s. Not handed in.") % {"hour": hour}})


@login_required
def discuss(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Every score, what was said about them, and room for a remark while the discussion is open."""
    nomination = nomination_or_404(request, slug, public_id)
    case, viewer = nomination.case, request.viewer
    if not engine_policies.can_read_discussion(viewer, case):
        raise PermissionDenied(_("The discussion is open to those who scored, once the panel has closed."))
    may_speak = engine_policies.discussing_seat(viewer, case) is not None
    may_close = engine_policies.can_close_discussion(viewer, case)
    form = RemarkForm(posted(request))
    if request.method == "POST" and "close" in request.POST:
        engine.close_discussion(case=case, by=request.user)
        return redirect("awards:desk", slug)
    remarks = list(case.remarks.select_related("member__person"))
    context = {
        **about(nomination),
        "table": score_table(viewer, nomination),
        "again": score_table(viewer, nomination, Round.DISCUSSED),
        "remarks": remarks,
        "may_speak": may_speak,
        "may_close": may_close,
    }
    return ask(
        request, "awards/discuss/index.html", form, context,
        lambda: engine.remark(case=case, text=form.cleaned_data["text"], by=request.user),
        lambda: redirect("awards:discuss", slug, public_id),
    )  # fmt: skip


@login_required
def rescore(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """A second score, seen by the panel at once; the first stays."""
    nomination = nomination_or_404(request, slug, public_id)
    assignment = engine_policies.discussing_seat(request.viewer, nomination.case)
    if assignment is None:
        raise PermissionDenied(_("The discussion of this nomination is not open to you."))
    last = assignment.reviews.order_by("-version").first()
    form = _review_form(request, nomination, _as_typed(last.scores, last.reasons))
    return ask(
        request, "awards/score/again.html", form,
        {**about(nomination), "table": score_table(request.viewer, nomination)},
        lambda: engine.rescore(
            case=nomination.case, scores=form.scores, reasons=form.reasons, by=request.user
        ),
        lambda: redirect("awards:discuss", slug, public_id),
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
