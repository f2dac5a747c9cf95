"""What the doorways of a community share."""

from typing import Any

from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from communities import policies
from communities.models import Community
from communities.panels import tabs_for
from network.foundations.exceptions import Refused


def find_community(request: HttpRequest, slug: str) -> Community:
    """The community at this address, or 404 where the viewer may not know of it."""
    if "\x00" in slug:  # PostgreSQL looks for no such text
        raise Http404
    return get_object_or_404(Community.objects.visible_to(request.viewer), slug=slug)


def shell(request: HttpRequest, community: Community, current: str = "", **more: Any) -> dict:
    """What every page of a community shows around its own content."""
    viewer = request.viewer
    return {
        "community": community,
        "tabs": tabs_for(viewer, community, current),
        "is_member": policies.is_member(viewer, community),
        "is_silenced": policies.is_silenced(viewer, community),
        "can_facilitate": policies.can_facilitate(viewer, community),
        "can_moderate": policies.can_moderate(viewer, community),
        **more,
    }


def refuse(form: BaseForm, refused: Refused) -> None:
    """Put the sentence of an action beside the field that it belongs to."""
    form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)


def page(request: HttpRequest, template: str, context: dict, *forms: BaseForm | None) -> HttpResponse:
    """The page; with 422 where one of its forms was sent and refused."""
    refused = any(form is not None and form.is_bound and form.errors for form in forms)
    return render(request, template, context, status=422 if refused else 200)


def safe_next(request: HttpRequest, otherwise: str) -> str:
    """Where the form asked to be led back to, if that is one of our own pages."""
    wanted = request.POST.get("next", "")
    # Without a slash a word is taken for the name of a view.
    hosts = {request.get_host()}
    is_ours = url_has_allowed_host_and_scheme(wanted, hosts, require_https=request.is_secure())
    if is_ours and wanted.startswith("/"):
        return wanted
    return otherwise


def crumbs(community: Community | None = None, *more: tuple[str, str]) -> list[tuple[str, str]]:
    trail = [(_("Communities"), reverse("communities:list"))]
    if community is not None:
        trail.append((community.name, community.get_absolute_url()))
    return [*trail, *more]
