"""Opening a community and looking after it and its members."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from communities import actions, policies
from communities.forms import CommunityForm, ReasonForm, RoleForm, SettingsForm, SilenceForm, SuspensionForm
from communities.models import Community, Membership
from communities.panels import member_pages
from communities.views.common import crumbs, find_community, page, refuse, shell
from network.experts.disclosure import cards_for
from network.foundations.exceptions import Refused, StaleEdit
from network.foundations.forms import posted
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
        raise PermissionDenied(
            _("Communities are opened by people who moderate here, and by the secretariat.")
        )
    form = OpeningForm(posted(request))
    if request.method == "POST" and form.is_valid():

        def deed() -> str:
            return actions.open_community(viewer=request.viewer, **form.values()).get_absolute_url()

        return once_then_redirect(request, form.cleaned_data["submission_key"], deed)
    return page(request, "communities/open/index.html", {"trail": crumbs(), "form": form}, form)


@login_required
def settings(request: HttpRequest, slug: str) -> HttpResponse:
    """What the community says of itself, and closing or reopening it."""
    here = _mine_to_change(request, slug)
    form = SettingsForm(posted(request), instance=here)
    stale = None
    if request.method == "POST" and form.is_valid():
        try:
            changed = actions.change_community(viewer=request.viewer, community=here, **form.values())
        except StaleEdit as refused:
            stale = refused.current
            form.renew_version(stale)
            refuse(form, refused)
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("Saved."))
            return redirect(changed)
    context = shell(request, here, "settings", trail=crumbs(here), form=form, stale=stale)
    context["closing"] = ReasonForm(prefix="closing")
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
    context = shell(request, here, "settings", trail=crumbs(here), closing=closing)
    context["form"] = SettingsForm(instance=here)
    return page(request, "communities/settings/index.html", context, closing)


@login_required
@require_safe
def member(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One membership in a moderator's hands: role, suspension, end."""
    here, found = _membership(request, slug, pk)
    return _member_page(request, here, found)


@login_required
@require_POST
def act_on_member(request: HttpRequest, slug: str, pk: int, act: str) -> HttpResponse:
    here, found = _membership(request, slug, pk)
    if act not in _ACTS:
        raise Http404
    form = _form(act, request, found, request.POST)
    if form.is_valid():
        try:
            _ACTS[act][1](viewer=request.viewer, membership=found, **form.cleaned_data)
            return redirect("communities:members", slug)
        except Refused as refused:
            refuse(form, refused)
    return _member_page(request, here, found, {act: form})


#: Last part of the address to the form that asks and the action that does.
_ACTS: dict[str, tuple[type[Form], Callable]] = {
    "role": (RoleForm, actions.change_role),
    "suspend": (SuspensionForm, actions.suspend),
    "reinstate": (ReasonForm, actions.lift_suspension),
    "silence": (SilenceForm, actions.silence),
    "hear": (ReasonForm, actions.lift_silence),
    "warn": (ReasonForm, actions.warn),
    "remove": (ReasonForm, actions.remove_member),
}


def _form(act: str, request: HttpRequest, found: Membership, data: QueryDict | None = None) -> Form:
    options: dict[str, Any] = {"prefix": act}
    if act == "role":
        options["initial"] = {"role": found.role}
    if issubclass(_ACTS[act][0], SuspensionForm):
        options["zone"] = request.viewer.zone
    return _ACTS[act][0](data, **options)


def _membership(request: HttpRequest, slug: str, pk: int) -> tuple[Community, Membership]:
    here = find_community(request, slug)
    current = Membership.objects.current().select_related("community")
    found = get_object_or_404(current, community=here, pk=pk)
    if not policies.can_change_member(request.viewer, found):
        raise PermissionDenied(_("Moderators decide about members, and never about themselves."))
    return here, found


def _member_page(
    request: HttpRequest, here: Community, found: Membership, sent: dict[str, Form] | None = None
) -> HttpResponse:
    forms = {act: _form(act, request, found) for act in _ACTS} | (sent or {})
    context = shell(
        request,
        here,
        "members",
        trail=crumbs(here, (_("Members"), reverse("communities:members", args=[here.slug]))),
        membership=found,
        person=cards_for(request.viewer, [found.user_id])[found.user_id],
        suspension=found.suspensions.running().first(),
        silence=found.silences.running().first(),
        member_pages=[
            {"label": entry.label, "url": entry.url(found)}
            for entry in member_pages
            if entry.shown(request.viewer, here)
        ],
        forms=forms,
    )
    return page(request, "communities/member/index.html", context, *forms.values())
