"""Ready-made reasons: of a community, and of the whole site."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from communities.models import Community
from communities.moderation import actions, policies
from communities.moderation.canned import text_in
from communities.moderation.forms import CannedForm
from communities.moderation.models import CannedReason
from communities.moderation.views.common import moderated, pages
from communities.views.common import crumbs, page, refuse, shell
from network.foundations.exceptions import Refused


@login_required
def reasons(request: HttpRequest, slug: str) -> HttpResponse:
    return _all(request, moderated(request, slug))


@login_required
def site_reasons(request: HttpRequest) -> HttpResponse:
    _demand_site(request)
    return _all(request, None)


@login_required
def reason(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    return _one(request, moderated(request, slug), pk)


@login_required
def site_reason(request: HttpRequest, pk: int) -> HttpResponse:
    _demand_site(request)
    return _one(request, None, pk)


def _demand_site(request: HttpRequest) -> None:
    if not policies.can_can(request.viewer, None):
        raise PermissionDenied(_("Moderators of the whole site write these."))


def _address(here: Community | None) -> str:
    return reverse("moderation:reasons", args=[here.slug]) if here else reverse("moderation:site_reasons")


def _all(request: HttpRequest, here: Community | None) -> HttpResponse:
    """Those that there are, and a new one."""
    form = CannedForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_canned(viewer=request.viewer, community=here, texts=form.texts)
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("Saved."))
            return redirect(_address(here))
    own = (
        CannedReason.objects.filter(community=here, retired_at=None).prefetch_related("texts").order_by("pk")
    )
    shown = [
        {
            "text": text_in(reason, request.viewer.language),
            "url": f"{_address(here)}{reason.pk}/",
            "reason": reason,
        }
        for reason in own
    ]
    return _page(request, "moderation/reasons/index.html", here, form, {"shown": shown})


def _one(request: HttpRequest, here: Community | None, pk: int) -> HttpResponse:
    """Change one, or offer it no more."""
    found = get_object_or_404(CannedReason, pk=pk, community=here, retired_at=None)
    if request.method == "POST" and "retire" in request.POST:
        actions.retire_canned(viewer=request.viewer, reason=found)
        return redirect(_address(here))
    form = CannedForm(request.POST if request.method == "POST" else None, reason=found)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_canned(viewer=request.viewer, reason=found, texts=form.texts)
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("Saved."))
            return redirect(_address(here))
    return _page(request, "moderation/reason/index.html", here, form, {"back": _address(here)})


def _page(
    request: HttpRequest, template: str, here: Community | None, form: CannedForm, more: dict
) -> HttpResponse:
    context = more | {"form": form, "frame": "base.html"}
    if here is not None:
        context |= shell(
            request, here, "moderation", trail=crumbs(here), pages=pages(request, here, "reasons")
        )
        context["frame"] = "communities/_shell.html"
    return page(request, template, context, form)
