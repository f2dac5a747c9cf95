"""What is owed to holders, and what has been brought."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from network.consent import actions, owing, policies
from network.consent.forms import ConfirmForm
from network.consent.models import Duty
from network.consent.views.doorway import asked, workspace
from network.foundations.forms import posted
from network.foundations.pager import paginate


@workspace("GET")
def index(request: HttpRequest) -> HttpResponse:
    found = Duty.objects.owed_to(request.viewer).select_related("record__item", "record__holder")
    page = paginate(found.prefetch_related("deliveries"), ["-id"], request.GET.get("cursor", ""))
    rows = owing.shown(page.rows, request.viewer, timezone.now().date())
    return render(request, "consent/owed/index.html", {"page": page, "rows": rows})


@workspace("GET", "POST")
def deliver(request: HttpRequest, duty_id: int) -> HttpResponse:
    duties = Duty.objects.owed_to(request.viewer).select_related("record__item", "record__holder")
    duty = get_object_or_404(duties, pk=duty_id)
    if not policies.can_confirm(request.viewer, duty):
        raise PermissionDenied(_("Only the holders say that they got what is owed to them."))
    form = ConfirmForm(posted(request))

    def deed() -> str:
        actions.confirm_delivery(duty=duty, by=request.viewer)
        return reverse("consent:owed")

    return asked(request, form, "consent/deliver/index.html", deed, duty=duty, item=duty.record.item)
