"""Pages around the decision and after it: the meeting, certificates, feedback, mended results, appeals."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from network.awards import actions, policies
from network.awards.asking import ask
from network.awards.certificates import certificate_pdf, letter_pdf
from network.awards.desk import desk_or_403
from network.awards.enums import SCORED, Medal
from network.awards.forms import (
    AppealAnswerForm,
    AppealForm,
    FactsAnswerForm,
    FactsForm,
    MendForm,
    RevokeForm,
)
from network.awards.models import Appeal, Certificate, FactCheck, Laureate, Nomination
from network.awards.ranking import feedback, quorum_of, rankings
from network.awards.views import INVALID, about, nomination_or_404, trail
from network.calls import actions as engine
from network.calls import dossier
from network.calls.amending import PlanForm
from network.foundations.exceptions import Refused
from network.foundations.forms import posted


@login_required
def show_meeting(request: HttpRequest, slug: str) -> HttpResponse:
    """What those who decide look at: the order, how firm it is, and what is decided so far, sealed."""
    edition = desk_or_403(request, slug)
    rules = edition.call.rules
    names = {"total": _("the sum of the six criteria"), **SCORED}
    return render(request, "awards/meeting/index.html", {
        "trail": trail(edition),
        "edition": edition,
        "rankings": rankings(edition, request.viewer),
        "order": [names[name] for name in rules.get("ranking", ["total"])],
        "quorum": quorum_of(rules),
        "medals": dict(Medal.choices),
    })  # fmt: skip


@login_required
def release(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what will happen, then do it in one act."""
    edition = desk_or_403(request, slug)
    error = ""
    form = PlanForm(posted(request) if "plan" in request.POST else None, call=edition.call)
    if request.method == "POST" and "plan" in request.POST:
        if form.is_valid():
            try:
                engine.plan_release(call=edition.call, by=request.user, **form.cleaned_data)
                return redirect("awards:release", slug)
            except Refused as refusal:
                form.add_error(refusal.field, refusal.sentence)
    elif request.method == "POST":
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
    rows = []
    for nomination in decided:
        outcome = nomination.case.decisions.all()[0].outcome
        rows.append((nomination, Medal(outcome).label, outcome != Medal.NONE))
    return render(
        request,
        "awards/release/index.html",
        {"trail": trail(edition), "edition": edition, "rows": rows, "error": error, "form": form},
        status=INVALID if error or form.errors else 200,
    )


def pdf_of(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        content, content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}.pdf"'},
    )  # fmt: skip


def _certificate_or_404(code: str) -> Certificate:
    return get_object_or_404(
        Certificate.objects.select_related("laureate__edition__call", "laureate__party"), code=code
    )


def show_certificate(request: HttpRequest, code: str) -> HttpResponse:
    """Anybody who holds a certificate in her hands sees here whether we issued it, and whether it stands."""
    certificate = _certificate_or_404(code)
    return render(request, "awards/certificate/index.html", {
        "trail": trail(certificate.laureate.edition),
        "certificate": certificate,
        "laureate": certificate.laureate,
        "edition": certificate.laureate.edition,
        "corrections": certificate.laureate.edition.corrections.filter(laureate=certificate.laureate_id),
    })  # fmt: skip


def download_certificate(request: HttpRequest, code: str) -> HttpResponse:
    certificate = _certificate_or_404(code)
    if certificate.revoked_at:
        raise Http404
    return pdf_of(certificate_pdf(certificate), f"certificate-{certificate.code}")


def _feedback(
    request: HttpRequest, slug: str, public_id: str, *, may_preview: bool = False
) -> tuple[Nomination, list[dict], str]:
    nomination = nomination_or_404(request, slug, public_id)
    preview = may_preview and policies.can_preview_letter(request.viewer, nomination.case)
    if not preview and not policies.can_read_feedback(request.viewer, nomination.case):
        raise PermissionDenied(_("What the jury saw is told to the nominee once the results are out."))
    bands = {
        "strong": pgettext("band", "Strong"),
        "sound": pgettext("band", "Sound"),
        "to-build-on": pgettext("band", "To build on"),
    }
    thirds = [_("in the lower third"), _("in the middle third"), _("in the upper third")]
    rows = [
        {**row, "words": bands[row["band"]], "place": "" if row["third"] is None else thirds[row["third"]]}
        for row in feedback(nomination)
    ]
    decision = nomination.case.decisions.first()
    return nomination, rows, str(Medal(decision.outcome).label)


@login_required
def show_feedback(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """The result and the jury's view by criterion and band: for every nominee, not for the winners alone."""
    nomination, rows, result = _feedback(request, slug, public_id)
    laureate = Laureate.objects.filter(edition=nomination.edition, party=nomination.case.party).first()
    return render(request, "awards/feedback/index.html", {
        **about(nomination),
        "rows": rows,
        "result": result,
        "certificate": laureate and Certificate.objects.filter(laureate=laureate, revoked_at=None).first(),
        "appeal": Appeal.objects.filter(nomination=nomination).first(),
        "appeals_until": policies.appeals_until(nomination.edition.call),
        "can_give_leave": policies.can_give_leave(request.viewer, nomination.case),
        "can_appeal": policies.can_appeal(request.viewer, nomination.case),
        "can_decide_appeal": policies.can_decide_appeal(request.viewer, nomination.case),
    })  # fmt: skip


@login_required
def download_letter(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """The same as a letter, in the language of the nomination; read by the secretariat before it goes out."""
    language = nomination_or_404(request, slug, public_id).language
    with translation.override(language):
        nomination, rows, result = _feedback(request, slug, public_id, may_preview=True)
        return pdf_of(letter_pdf(nomination, result, rows), f"letter-{public_id}")


@login_required
def check_facts(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """The secretariat asks, the nominee answers, before the decision."""
    nomination = nomination_or_404(request, slug, public_id)
    check = FactCheck.objects.filter(nomination=nomination).first()
    context = {**about(nomination), "check": check}
    form: forms.Form
    answers = policies.can_answer_facts(request.viewer, nomination.case)
    if check and not check.answered_at and answers:
        form = FactsAnswerForm(posted(request))

        def deed() -> None:
            actions.answer_facts(nomination=nomination, by=request.user, **form.cleaned_data)
    elif check is None and policies.can_ask_facts(request.viewer, nomination.case):
        form = FactsForm(posted(request))

        def deed() -> None:
            actions.ask_facts(nomination=nomination, by=request.user, **form.cleaned_data)
    elif check is not None and request.method != "POST":
        return render(request, "awards/facts/index.html", context)
    else:
        raise PermissionDenied(_("Facts are checked between the scores and the decision."))
    return ask(
        request, "awards/facts/index.html", form, context, deed,
        lambda: redirect("awards:facts", slug, public_id),
    )  # fmt: skip


@login_required
def appeal(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """File one, or decide on it."""
    nomination = nomination_or_404(request, slug, public_id)
    found = Appeal.objects.filter(nomination=nomination).first()
    context = {
        **about(nomination), "appeal": found, "until": policies.appeals_until(nomination.edition.call),
    }  # fmt: skip
    form: forms.Form
    if found is None and policies.can_appeal(request.viewer, nomination.case):
        form = AppealForm(posted(request))

        def deed() -> None:
            actions.appeal(nomination=nomination, by=request.user, **form.cleaned_data)
    elif found and not found.decided_at and policies.can_decide_appeal(request.viewer, nomination.case):
        form = AppealAnswerForm(posted(request))

        def deed() -> None:
            actions.decide_appeal(
                nomination=nomination, by=request.user, answer=form.cleaned_data["answer"],
                upheld=form.cleaned_data["upheld"] == "yes",
            )  # fmt: skip
    elif found and request.method != "POST" and policies.can_read_feedback(request.viewer, nomination.case):
        return render(request, "awards/appeal/index.html", context)
    else:
        raise PermissionDenied(_("No appeal is open to you here."))
    return ask(
        request, "awards/appeal/index.html", form, context, deed,
        lambda: redirect("awards:feedback", slug, public_id),
    )  # fmt: skip


@login_required
def mend(request: HttpRequest, slug: str, laureate: int) -> HttpResponse:
    """Correct a result that is out, or revoke it."""
    edition = desk_or_403(request, slug)
    if not policies.can_mend(request.viewer, edition):
        raise PermissionDenied(_("Nothing is out that could be mended."))
    found = get_object_or_404(Laureate.objects.select_related("party"), edition=edition, pk=laureate)
    revoking = "revoke" in request.POST
    initial = {"medal": found.medal, "site_name": found.site_name, "site_url": found.site_url}
    form = MendForm(None if revoking else posted(request), initial=initial)
    revoke_form = RevokeForm(request.POST if revoking else None, prefix="revoke")
    used = revoke_form if revoking else form

    def deed() -> None:
        if revoking:
            actions.revoke_result(laureate=found, by=request.user, **revoke_form.cleaned_data)
        else:
            actions.correct_result(laureate=found, by=request.user, **form.cleaned_data)

    def done() -> HttpResponse:
        messages.info(request, _("It is mended in the open: what was stands beside what is."))
        return redirect("awards:edition", slug)

    context = {
        "trail": trail(edition), "edition": edition, "laureate": found,
        "mend_form": form, "revoke_form": revoke_form,
    }  # fmt: skip
    return ask(request, "awards/mend/index.html", used, context, deed, done)


@login_required
def download_dossier(request: HttpRequest, slug: str) -> HttpResponse:
    """The whole procedure as one file, once the results are out; by somebody whom no file is closed to."""
    edition = desk_or_403(request, slug)
    if not policies.can_take_dossier(request.viewer, edition):
        raise PermissionDenied(
            _("A dossier is made after the release, by somebody who has no conflict about any nomination.")
        )
    certificates = Certificate.objects.filter(laureate__edition=edition, revoked_at=None)
    documents = {
        f"certificates/{one.code}.pdf": certificate_pdf(one)
        for one in certificates.select_related("laureate__edition", "laureate__party")
    }
    return HttpResponse(
        dossier.pack(edition.call, documents), content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="dossier-{edition.slug}.zip"'},
    )  # fmt: skip
