"""Certificates of attendance: taking one, and verifying one."""

from pathlib import Path

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from home.events import actions
from home.events.finding import page_of
from home.events.models import AttendanceCertificate, EventPage
from home.events.views.common import around, find_desk
from network.foundations.clock import official
from network.foundations.exceptions import Refused
from network.foundations.typesetting import typeset

_TEMPLATE = Path(__file__).parent.parent / "print" / "attendance.typ"


def _find(request: HttpRequest, code: str) -> tuple[AttendanceCertificate, EventPage]:
    """The certificate with this code and the page of its event, as long as that is published."""
    if "\x00" in code:  # PostgreSQL looks for no such text
        raise Http404
    rows = AttendanceCertificate.objects.select_related("registration__desk", "registration__person")
    found = get_object_or_404(rows, code=code)
    event = page_of(found.registration.desk, request.viewer)
    if event is None:
        raise Http404
    return found, event


@never_cache
@require_safe
def certificate(request: HttpRequest, code: str) -> HttpResponse:
    """Anybody who holds a certificate in her hands sees here whether it was issued here, and stands."""
    found, event = _find(request, code)
    person = found.registration.person
    context = around(event, certificate=found, name=person.get_full_name())
    return render(request, "events/certificate/index.html", context)


@never_cache
@require_safe
def certificate_file(request: HttpRequest, code: str) -> HttpResponse:
    found, event = _find(request, code)
    if not found.stands:
        raise Http404
    content = typeset(_TEMPLATE, {
        "title": _("Certificate of attendance"),
        "person": found.registration.person.get_full_name(),
        "took_part": _("took part in"),
        "event": event.title,
        "kind": f"{event.get_kind_display()} · {found.registration.get_attendance_display()}",
        "when": official(event.starts_at, event.zone, "date"),
        "place": event.place,
        "verify": _("Verify this certificate at"),
        "address": request.build_absolute_uri(found.get_absolute_url()),
        "code": found.code,
    })  # fmt: skip
    return HttpResponse(
        content, content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="certificate-{found.code}.pdf"'},
    )  # fmt: skip


@login_required
@require_POST
def take(request: HttpRequest, slug: str) -> HttpResponse:
    _event, desk = find_desk(request, slug)
    try:
        return redirect(actions.take_certificate(viewer=request.viewer, desk=desk))
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("events:place", slug)
