"""Pages about mail: is it yours, one's own address, and what became of mails, for those who run the place."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from network.foundations.exceptions import Refused
from network.foundations.forms import posted
from network.foundations.pager import paginate
from network.notifications import policies
from network.notifications.enums import IncomingState
from network.notifications.forms import AddressForm
from network.notifications.inbound import asking, bounces, suppressing, working
from network.notifications.models import IncomingMail, MailSuspension

_TONES = {
    IncomingState.DONE: "good",
    IncomingState.ASKED: "info",
    IncomingState.WAITING: "info",
    IncomingState.RETURNED: "withheld",
    IncomingState.FAILED: "bad",
}


@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, signed: str) -> HttpResponse:
    """Whether a mail is hers, said without signing in: the link came to her own address."""
    asked = asking.question(signed)
    context: dict[str, Any] = {"question": asked}
    if request.method == "POST":
        try:
            if request.POST.get("mine") == "no":
                asking.disown(mail=asked.mail, person=asked.person)
            else:
                context["mail"] = asking.confirm(mail=asked.mail, person=asked.person)
            context["done"] = True
        except Refused as refused:
            context["refused"] = refused.sentence
    response = render(request, "notifications/confirm/index.html", context)
    add_never_cache_headers(response)
    return response


@login_required
@require_http_methods(["GET", "POST"])
def mail(request: HttpRequest) -> HttpResponse:
    """One's own address: whether it works, and asking for mail again."""
    if request.method == "POST":
        if bounces.lift(request.viewer.user_id):
            messages.success(request, _("We send you mail again."))
        return redirect("notifications:mail")
    found = MailSuspension.objects.in_force().filter(person=request.viewer.user_id)
    return render(request, "notifications/delivery/index.html", {"suspensions": found.order_by("pk")})


@login_required
@require_safe
def incoming(request: HttpRequest) -> HttpResponse:
    """What became of mails that came in: from whom, to which address, why; never what they say."""
    _demand(request)
    rows = IncomingMail.objects.all()
    wanted = request.GET.get("state", "")
    if wanted in IncomingState.values:
        rows = rows.filter(state=wanted)
    page = paginate(rows, ["-id"], request.GET.get("cursor", ""), size=50)
    for row in page:
        row.tone = _TONES.get(row.state, "quiet")
    here = reverse("notifications:incoming")
    tabs = [{"label": _("All"), "url": here, "current": wanted not in IncomingState.values}]
    tabs += [
        {"label": state.label, "url": f"{here}?state={state}", "current": wanted == state}
        for state in IncomingState
    ]
    return render(request, "notifications/incoming/index.html", {"page": page, "tabs": tabs})


@login_required
@require_POST
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    _demand(request)
    working.try_again(get_object_or_404(IncomingMail, pk=pk))
    messages.success(request, _("This mail waits to be read again."))
    return redirect("notifications:incoming")


@login_required
@require_http_methods(["GET", "POST"])
def suspended(request: HttpRequest) -> HttpResponse:
    """Addresses that get no notices, and why; adding one, and letting one have mail again."""
    _demand(request)
    if "again" in request.POST:
        return _mail_again(request)
    form = AddressForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = suppressing.suppress(viewer=request.viewer, address=form.cleaned_data["address"])
        except Refused as refused:
            form.add_error(refused.field, refused.sentence)
        else:
            messages.success(request, _("No more notices go to %(address)s.") % {"address": made.address})
            return redirect("notifications:suspended")
    page = paginate(MailSuspension.objects.in_force(), ["-id"], request.GET.get("cursor", ""), size=50)
    context = {"page": page, "form": form}
    status = 422 if form.errors else 200
    return render(request, "notifications/suspended/index.html", context, status=status)


def _mail_again(request: HttpRequest) -> HttpResponse:
    pk = request.POST["again"]
    if not (pk.isascii() and pk.isdigit() and len(pk) < 19):
        raise Http404("There is no such address.")
    found = get_object_or_404(MailSuspension.objects.in_force(), pk=pk)
    suppressing.lift_one(viewer=request.viewer, suspension=found)
    messages.success(request, _("%(address)s gets notices again.") % {"address": found.address})
    return redirect("notifications:suspended")


def _demand(request: HttpRequest) -> None:
    if not policies.can_see_incoming(request.viewer):
        raise PermissionDenied(_("Only administrators see what became of mails that came in."))
