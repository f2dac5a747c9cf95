"""Beginning an event from a template; what follows is written in the CMS."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from communities.views.common import page
from home.events import actions, policies
from home.events.enums import Beginning
from home.events.forms import BeginningForm
from home.events.models import EventIndexPage
from network.foundations.forms import posted


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    viewer = request.viewer
    if not policies.can_begin(viewer):
        raise PermissionDenied(_("Editors begin events."))
    form = BeginningForm(posted(request), initial={"zone": str(viewer.zone)})
    if form.is_valid():
        event = actions.begin_event(viewer=viewer, index=_calendar(), **_said(form))
        messages.success(request, _("The draft is there. Nobody else sees it before you publish it."))
        return redirect("wagtailadmin_pages:edit", event.pk)
    trail = [(_("Events"), "..")]
    return page(request, "events/begin/index.html", {"form": form, "trail": trail}, form)


def _said(form: BeginningForm) -> dict:
    return {**form.cleaned_data, "template": Beginning(form.cleaned_data["template"])}


def _calendar() -> EventIndexPage:
    """Of her language where there is one, else the network's first."""
    found = EventIndexPage.objects.live()
    index = found.filter(locale__language_code=get_language()).first() or found.order_by("path").first()
    if index is None:
        raise Http404
    return index
