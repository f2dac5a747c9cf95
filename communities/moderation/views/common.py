"""What the doorways of moderation share."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from communities.models import Community
from communities.moderation import policies
from communities.policies import can_facilitate, can_moderate
from communities.views.common import find_community


def demand_carer(request: HttpRequest) -> None:
    if not policies.looks_after_any(request.viewer):
        raise PermissionDenied(_("This is for those who look after a community."))


def looked_after(request: HttpRequest, slug: str) -> Community:
    """The community, for those who look after it."""
    here = find_community(request, slug)
    if not can_facilitate(request.viewer, here):
        raise PermissionDenied(_("This is for those who look after the community."))
    return here


def moderated(request: HttpRequest, slug: str) -> Community:
    """The community, for its moderators."""
    here = find_community(request, slug)
    if not can_moderate(request.viewer, here):
        raise PermissionDenied(_("This is for the moderators of the community."))
    return here


def pages(request: HttpRequest, here: Community, current: str) -> list[dict]:
    """The pages of moderation of a community that this viewer opens, for the line above each of them."""
    moderates, facilitates = can_moderate(request.viewer, here), can_facilitate(request.viewer, here)
    known = [
        ("queue", _("What waits"), facilitates),
        ("log", _("Log"), policies.can_read_log(request.viewer, here)),
        ("rules", _("Rules"), policies.can_rule(request.viewer, here)),
        ("reasons", _("Ready-made reasons"), moderates),
        ("workload", _("Workload"), moderates),
    ]
    return [
        {"label": label, "url": reverse(f"moderation:{name}", args=[here.slug]), "current": name == current}
        for name, label, shown in known
        if shown
    ]
