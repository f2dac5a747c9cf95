"""Opening a community and looking after it and its members."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from communities import actions, policies
from communities.forms import CommunityForm, ReasonForm, RoleForm, SuspensionForm
from communities.models import Community, Membership
from communities.views.common import crumbs, find_community, page, refuse, shell
from network.experts.disclosure import cards_for
from network.foundations.exceptions import Refused
from network.foundations.once import SubmissionKeyField, once_then_redirect


class OpeningForm(CommunityForm):
    submission_key = SubmissionKeyField()

    def values(self) -> dict:
        values = super().values()
        del values["submission_key"]
        return values


@login_required
def open_community(request: HttpRequest) -> HttpResponse:
    if not policies.can_open_community(request.viewer):
        raise PermissionDenied(_("Communities are opened by people who moderate here, and by the secretariat."))
    form = OpeningForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def deed() -> str:
            return actions.open_community(viewer=request.viewer, **form.values()).get_absolute_url()

        return once_then_redirect(request, form.cleaned_data["submission_key"], deed)
    return page(request, "communities/open/index.html", {"trail": crumbs()}, form)


@login_required
def settings(request: HttpRequest, slug: str) -> HttpResponse:
    """What the community says of itself, and closing or reopening it."""
    here = _mine_to_change(request, slug)
    form = CommunityForm(request.POST or None, instance=here)
    if request.method == "POST" and form.is_valid():
        try:
            changed = actions.change_community(viewer=request.viewer, community=here, **form.values())
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("Saved."))
            return redirect(changed)
    context = shell(request, here, "settings", trail=crumbs(here), closing=ReasonForm(prefix="closing"))
    return page(request, "communities/settings/index.html", context, form)


def _mine_to_change(request: HttpRequest, slug: str) -> Community:
    here = find_community(request, slug)
    if not policies.can_change(request.viewer, here):
        raise PermissionDenied(_("This is for the moderators of the community."))
    return here


@login_required
@require_POST
def close_or_reopen(request: HttpRequest, slug: str) -> HttpResponse:
    """Make the community a readable archive, or open it again."""
    here = _mine_to_change(request, slug)
    closing = ReasonForm(request.POST, prefix="closing")
    if closing.is_valid():
        act = actions.reopen_community if here.is_closed else actions.close_community
        try:
            act(viewer=request.viewer, community=here, reason=closing.cleaned_data["reason"])
            return redirect(here)
        except Refused as refused:
            refuse(closing, refused)
    context = shell(request, here, "settings", trail=crumbs(here), form=CommunityForm(instance=here))
    return page(request, "communities/settings/index.html", context | {"closing": closing}, closing) if False else (
        _settings_again(request, context, closing)
    )
