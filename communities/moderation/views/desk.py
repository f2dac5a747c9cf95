"""The queue: of one community, and of all that somebody looks after."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from communities.enums import MemberRole, Visibility
from communities.models import Community
from communities.moderation import actions
from communities.moderation.actions.settling import undoable
from communities.moderation.canned import offered_to_all, text_in
from communities.moderation.forms import AwayForm, QueueFilter, verbs_of
from communities.moderation.queue import waiting_for
from communities.moderation.views.common import demand_carer, looked_after, pages
from communities.views.common import crumbs, safe_next, shell
from network.accounts.enums import Role
from network.foundations.viewer import Viewer


@login_required
@require_safe
def everything(request: HttpRequest) -> HttpResponse:
    """What waits in all communities that the viewer looks after."""
    demand_carer(request)
    communities = Community.objects.visible_to(request.viewer).filter(_mine(request.viewer)).order_by("name")
    context = _desk(request, None, QueueFilter(request.GET, communities=communities))
    return render(request, "moderation/everything/index.html", context | {"many": True})


def _mine(viewer: Viewer) -> Q:
    mine = Q(pk__in=viewer.ids("community", MemberRole.FACILITATOR))
    return mine | Q(visibility=Visibility.PUBLIC) if viewer.has(f"role:{Role.MODERATOR}") else mine


@login_required
@require_safe
def queue(request: HttpRequest, slug: str) -> HttpResponse:
    here = looked_after(request, slug)
    context = shell(request, here, "moderation", trail=crumbs(here), pages=pages(request, here, "queue"))
    return render(
        request, "moderation/queue/index.html", context | _desk(request, here, QueueFilter(request.GET))
    )


def _desk(request: HttpRequest, here: Community | None, narrow: QueueFilter) -> dict:
    viewer = request.viewer
    queue = waiting_for(viewer, here, narrow.wanted, request.GET.get("cursor", ""))
    return {
        "queue": queue,
        "page": queue.page,
        "narrow": narrow,
        "verbs": verbs_of(queue.cases),
        "texts": [
            text_in(reason, viewer.language)
            for reason in offered_to_all(case.community for case in queue.cases)
        ],
        "followed": [here] if here else queue.communities,
        "move": undoable(viewer),
        "away_form": AwayForm(),
    }


@login_required
@require_POST
def away(request: HttpRequest) -> HttpResponse:
    """Hand over for a while, or come back."""
    demand_carer(request)
    if request.POST.get("back"):
        actions.come_back(viewer=request.viewer)
        return redirect(safe_next(request, reverse("moderation:everything")))
    form = AwayForm(request.POST)
    if not form.is_valid():
        context = {"form": form, "next": safe_next(request, "")}
        return render(request, "moderation/away/index.html", context, status=422)
    actions.go_away(viewer=request.viewer, until=form.until, note=form.cleaned_data["note"])
    messages.success(request, _("The others see when you are back."))
    return redirect(safe_next(request, reverse("moderation:everything")))
