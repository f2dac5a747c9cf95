"""Links and documents of a community."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from communities import actions, policies
from communities.forms import ResourceForm
from communities.models import Community, Resource
from communities.views.common import crumbs, find_community, page, shell
from network.foundations.forms import posted
from network.foundations.uploads import as_attachment


def resources(request: HttpRequest, slug: str) -> HttpResponse:
    """The list; for those who look after it the form beside it."""
    here = _readable(request, slug)
    keeps = policies.can_keep(request.viewer, here)
    form = ResourceForm(posted(request), request.FILES or None) if keeps else None
    if request.method == "POST" and form is None:
        raise PermissionDenied(_("This is for those who look after the community."))
    if form is not None and request.method == "POST" and form.is_valid():
        actions.add_resource(viewer=request.viewer, community=here, **form.cleaned_data)
        messages.success(request, _("Added."))
        return redirect("communities:resources", slug)
    found = Resource.objects.visible_to(request.viewer).filter(community=here)
    context = shell(request, here, "resources", trail=crumbs(here), resources=list(found), form=form)
    return page(request, "communities/resources/index.html", context, form)


def _readable(request: HttpRequest, slug: str) -> Community:
    here = find_community(request, slug)
    if not policies.can_read(request.viewer, here):
        raise PermissionDenied(_("What is kept here is for members."))
    return here


@login_required
@require_POST
def remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    here = _readable(request, slug)
    if not policies.can_keep(request.viewer, here):
        raise PermissionDenied(_("This is for those who look after the community."))
    found = get_object_or_404(here.resources.kept(), pk=pk)
    actions.remove_resource(viewer=request.viewer, resource=found)
    return redirect("communities:resources", slug)


@require_safe
def document(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A document for whoever may read the community; always a download."""
    found = get_object_or_404(
        Resource.objects.visible_to(request.viewer).exclude(file=""), community__slug=slug, pk=pk
    )
    try:
        opened = found.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    return as_attachment(opened, found.file.name.rpartition("/")[2])
