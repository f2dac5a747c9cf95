"""Pages around the ceremony: who is told early, what she reads, and which answers others may learn from."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from network.awards import actions, policies
from network.awards.asking import ask
from network.awards.certificates import certificate_pdf
from network.awards.enums import Medal
from network.awards.forms import EarlyForm, LeaveForm
from network.awards.models import Certificate, EarlyNotice, Laureate, Leave, Nomination
from network.awards.outcomes import pdf_of
from network.awards.views import about, nomination_or_404
from network.foundations.exceptions import Refused
from network.foundations.forms import posted


@login_required
def tell_early(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Who reads this one result before the release, and who has read it."""
    nomination = nomination_or_404(request, slug, public_id)
    if not policies.can_tell_early(request.viewer, nomination.case):
        raise PermissionDenied(_("Nothing can be told early here: it is not decided, or it is out."))
    notices = EarlyNotice.objects.filter(nomination=nomination)
    if request.method == "POST" and "close" in request.POST:
        raw = request.POST["close"]
        pk = int(raw) if raw.isascii() and raw.isdecimal() and len(raw) < 19 else 0
        actions.revoke_early(notice=get_object_or_404(notices, pk=pk), by=request.user)
        return redirect("awards:tell-early", slug, public_id)
    form = EarlyForm(posted(request))

    def done() -> HttpResponse:
        messages.info(request, _("The notice is on its way. The record says who was told."))
        return redirect("awards:tell-early", slug, public_id)

    return ask(
        request, "awards/early/index.html", form, {**about(nomination), "notices": notices},
        lambda: actions.tell_early(nomination=nomination, by=request.user, **form.cleaned_data),
        done,
    )  # fmt: skip


def _notice_or_404(token: str) -> EarlyNotice:
    notice = actions.early_of(token)
    if notice is None:
        raise Http404
    return notice


@never_cache
def read_early(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link tells nothing; the promise to keep it does. Each reading is logged."""
    notice = _notice_or_404(token)
    nomination = notice.nomination
    edition = nomination.edition
    if edition.call.released_at:
        return redirect(edition)
    context = {"notice": notice, "edition": edition, "nomination": nomination, "token": token}
    if request.method != "POST":
        return render(request, "awards/early/promise.html", context)
    try:
        actions.open_early(token=token)
    except Refused:
        raise Http404 from None
    laureate = _to_be(nomination)
    if "file" in request.POST:
        with translation.override(nomination.language):
            made = certificate_pdf(
                Certificate(
                    laureate=laureate, code=notice.code, issued_at=edition.call.release_at or edition.call.at
                )
            )
        return pdf_of(made, f"certificate-{notice.code}")
    return render(request, "awards/early/result.html", {**context, "laureate": laureate})


def _to_be(nomination: Nomination) -> Laureate:
    """What the release would write about this nomination now; nothing of it is kept."""
    decision = nomination.case.decisions.first()
    if decision is None or decision.outcome == Medal.NONE:
        raise Http404
    return Laureate(
        edition=nomination.edition, category=nomination.category, medal=decision.outcome,
        party=nomination.case.party, site_name=nomination.site_name, site_url=nomination.site_url,
    )  # fmt: skip


@login_required
def give_leave(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Which answers may be published as good practice; and taking that back."""
    nomination = nomination_or_404(request, slug, public_id)
    leave = Leave.objects.filter(nomination=nomination, taken_back_at=None).first()
    if leave is None and not policies.can_give_leave(request.viewer, nomination.case):
        raise PermissionDenied(_("The focal point of a laureate gives leave, once the results are out."))
    if leave is not None and not policies.can_take_back_leave(request.viewer, nomination.case):
        raise PermissionDenied(_("The focal point of a laureate gives leave, once the results are out."))
    if leave is not None:
        if request.method == "POST" and "take-back" in request.POST:
            actions.take_back_leave(nomination=nomination, by=request.user)
            messages.info(request, _("Leave is taken back. What was published of these answers is gone."))
            return redirect("awards:feedback", slug, public_id)
        return render(request, "awards/leave/given.html", {**about(nomination), "leave": leave})
    form = LeaveForm(posted(request), nomination=nomination)

    def done() -> HttpResponse:
        messages.info(request, _("Thank you. Editors have a draft of a page now; it names your Party."))
        return redirect("awards:leave", slug, public_id)

    return ask(
        request, "awards/leave/index.html", form, about(nomination),
        lambda: actions.give_leave(
            nomination=nomination, answers=form.cleaned_data["answers"], by=request.user
        ),
        done,
    )  # fmt: skip
