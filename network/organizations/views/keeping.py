"""Keeping the list of organizations: two rows that are one, and whole lists at once."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from network.foundations.exceptions import Refused
from network.foundations.forms import posted
from network.organizations import actions, bringing, listing, merging, policies
from network.organizations.models import Organization, OrganizationMerge
from network.organizations.own_forms import ListForm, MergeForm
from network.organizations.views.organizations import trail, visible

_LARGEST = 2**63 - 1
_SHOWN_ROWS = 200


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose what is kept, look at what follows, then say yes; below, what was merged here."""
    organization = visible(request, slug)
    _may_merge(request)
    form = MergeForm(posted(request))
    kept, follows = None, {}
    if request.method == "POST" and form.is_valid():
        kept = form.cleaned_data["name"]
        try:
            if kept == organization:
                raise Refused(_("Choose another organization."), "name")
            if form.cleaned_data["confirmed"]:
                actions.merge_organizations(viewer=request.viewer, gone=organization, kept=kept)
                messages.success(request, _("Merged. The old address leads here, and it can be undone."))
                return redirect("organizations:merge", slug=kept.slug)
            follows = merging.merging.counts(organization)
        except Refused as refused:
            form.add_error(refused.field, refused.sentence)
            kept = None
    done = OrganizationMerge.objects.filter(kept=organization).select_related("gone").order_by("-pk")
    context = {
        "organization": organization,
        "form": form,
        "kept": kept,
        "follows": sorted(follows.items()),
        "merges": done[:50],
        "trail": trail((organization.title, organization.get_absolute_url())),
    }
    status = 422 if request.method == "POST" and kept is None else 200
    return render(request, "organizations/merge/index.html", context, status=status)


def _may_merge(request: HttpRequest) -> None:
    if not policies.can_merge_organizations(request.viewer):
        raise PermissionDenied(_("Only the secretariat and administrators merge organizations."))


@login_required
@require_POST
def undo(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    organization: Organization = visible(request, slug)
    _may_merge(request)
    found = get_object_or_404(OrganizationMerge, kept=organization, pk=min(number, _LARGEST))
    try:
        actions.undo_merge(viewer=request.viewer, merge=found)
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, _("Undone. What was changed since stays as it is."))
    return redirect("organizations:merge", slug=slug)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def bring_in(request: HttpRequest) -> HttpResponse:
    """A list, a look at what would become of it, then the deed."""
    if not policies.can_manage_organizations(request.viewer):
        raise PermissionDenied(_("Only the secretariat adds and changes organizations."))
    form = ListForm(posted(request), request.FILES)
    context: dict[str, Any] = {"form": form, "trail": trail()}
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                found = listing.read(form.cleaned_data["content"])
            except listing.Unreadable as error:
                form.add_error("file", str(error))
            else:
                done = form.cleaned_data["confirmed"]
                counts = bringing.take_in(found, request.viewer, dry=not done)
                status = 200
                context |= _told(found, counts, done=done)
    return render(request, "organizations/import/index.html", context, status=status)


def _told(found: listing.Listing, counts: dict[str, int], *, done: bool) -> dict[str, Any]:
    rejected = listing.rejected(found.rows)
    return {
        "listing": found,
        "columns": [(found.header[at], column) for column, at in found.columns.items()],
        "counts": counts,
        "rows": found.rows[:_SHOWN_ROWS],
        "rejected": rejected[:_SHOWN_ROWS],
        "mendable": listing.mendable(found) if rejected else "",
        "done": done,
        "text": "" if done else _as_text(found),
    }


def _as_text(found: listing.Listing) -> str:
    """The list as it was read, for the next page to send back."""
    return listing.written([found.header, *(row.cells for row in found.rows)], found.separator)
