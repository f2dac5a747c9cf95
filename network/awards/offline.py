"""Pages for weak lines: the questionnaire and the scores as a workbook, out and in."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.awards import actions, sheets
from network.awards.enums import SCORED, anchor_of
from network.awards.forms import NominationForm
from network.awards.models import Edition, Nomination
from network.awards.views import INVALID, about, edition_or_404, nomination_or_404, trail
from network.calls import actions as engine
from network.calls import policies
from network.calls.enums import SeatState
from network.calls.forms import ReviewForm
from network.calls.models import Assignment, PanelMember
from network.foundations.exceptions import Refused
from network.foundations.forms import posted

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class WorkbookForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Filled-in workbook"), max_length=200,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
    )  # fmt: skip

    def clean_file(self) -> bytes:
        file = self.cleaned_data["file"]
        if file.size > sheets.LARGEST:
            raise forms.ValidationError(_("A filled-in workbook is smaller than 2 MB."))
        return file.read()


def _file(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}.xlsx"'}
    )


def _told(form: forms.Form) -> list[tuple[str, str]]:
    """The faults of a form, each with the label of its field."""
    return [
        (str(form.fields[name].label) if name in form.fields else "", sentence)
        for name, sentences in form.errors.items()
        for sentence in sentences
    ]


def _writable(request: HttpRequest, slug: str, public_id: str) -> Nomination:
    nomination = nomination_or_404(request, slug, public_id)
    if not policies.can_edit(request.viewer, nomination.case):
        raise PermissionDenied(_("This nomination has been handed in and can no longer be changed."))
    return nomination


@login_required
def download_questionnaire(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    nomination = _writable(request, slug, public_id)
    return _file(sheets.questionnaire(nomination), f"questionnaire-{public_id}")


@login_required
def take_questionnaire(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """A filled-in workbook becomes the draft, after the same checks as on the page; it hands in nothing."""
    nomination = _writable(request, slug, public_id)
    form = WorkbookForm(posted(request), request.FILES or None)
    faults: list[tuple[str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            answers = NominationForm(
                sheets.answers_of(form.cleaned_data["file"], nomination), instance=nomination
            )
            if answers.is_valid():
                actions.save_nomination(
                    nomination=nomination, answers=answers.answers, by=request.user,
                    version=answers.cleaned_data["version"],
                )  # fmt: skip
                messages.info(
                    request, _("What you filled in is kept as your draft. Look it through and hand it in.")
                )
                return redirect("awards:nomination-edit", slug, public_id)
            faults = _told(answers)
        except Refused as refusal:
            form.add_error("file", refusal.sentence)
    return render(
        request, "awards/offline/questionnaire.html",
        {**about(nomination), "form": form, "faults": faults},
        status=INVALID if form.errors or faults else 200,
    )  # fmt: skip


def _seat(request: HttpRequest, slug: str) -> tuple[Edition, list[Assignment]]:
    """The juror's files that wait for her scores."""
    edition = edition_or_404(request, slug)
    seat = PanelMember.objects.filter(
        call=edition.call_id, person=request.user, state=SeatState.ACCEPTED, disclosed_at__isnull=False
    ).first()
    if edition.call is None or seat is None:
        raise PermissionDenied(_("This room is the jury's."))
    waiting = (
        Assignment.objects.active()
        .filter(member=seat, run__closed_at=None, case__in=edition.call.cases.visible_to(request.viewer))
        .select_related("case__party", "case__nomination", "draft")
        .prefetch_related("reviews")
        .order_by("case__party__code")
    )
    return edition, list(waiting)


@login_required
def download_scores(request: HttpRequest, slug: str) -> HttpResponse:
    edition, waiting = _seat(request, slug)
    rows = []
    for assignment in waiting:
        given = max(assignment.reviews.all(), key=lambda review: review.version, default=None)
        begun = getattr(assignment, "draft", None) or given
        rows.append(
            (assignment.case.nomination, begun.scores if begun else {}, begun.reasons if begun else {})
        )
    return _file(sheets.scoring_sheet(slug, edition.call.rules, rows), f"scores-{slug}")


@login_required
def take_scores(request: HttpRequest, slug: str) -> HttpResponse:
    """A filled-in scoring sheet becomes drafts; each is handed in on its page, by the juror."""
    edition, waiting = _seat(request, slug)
    form = WorkbookForm(posted(request), request.FILES or None)
    faults: list[tuple[str, str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            typed = sheets.scores_of(form.cleaned_data["file"], slug)
            kept = 0
            for assignment in waiting:
                answers = typed.get(assignment.case.public_id, {})
                if not any(answers.values()):
                    continue
                review = ReviewForm(answers, rules=edition.call.rules, labels=dict(SCORED), anchors=anchor_of)
                faults += [(str(assignment.case.party), *fault) for fault in _told(review)]
                scores, reasons = review.typed
                engine.keep_draft(case=assignment.case, scores=scores, reasons=reasons, by=request.user)
                kept += 1
            if kept and not faults:
                messages.info(request, _("Your scores are kept as drafts. Hand each in on its page."))
                return redirect("awards:jury", slug)
            if not kept:
                form.add_error("file", _("No score for a nomination of yours stands in this workbook."))
        except Refused as refusal:
            form.add_error("file", refusal.sentence)
    return render(
        request, "awards/offline/scores.html",
        {"trail": trail(edition), "edition": edition, "form": form, "faults": faults, "waiting": waiting},
        status=INVALID if form.errors or faults else 200,
    )  # fmt: skip
