"""What waits for holders because somebody wrote it elsewhere: copies of their words, things entrusted."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from network.accounts.models import User
from network.consent import actions, copies, policies
from network.consent.forms import HoldersForm, SettleForm
from network.consent.models import KnowledgeItem, Part
from network.consent.querysets import STEWARD
from network.consent.views.doorway import asked, workspace
from network.foundations.forms import posted

#: The oldest are shown; the others come up when these are decided.
SHOWN = 50


@workspace("GET")
def index(request: HttpRequest) -> HttpResponse:
    viewer = request.viewer
    mine = KnowledgeItem.objects.visible_to(viewer)
    parts = list(
        Part.objects.copies().filter(item__in=mine).select_related("item").order_by("sealed_at")[:SHOWN]
    )
    waiting = copies.waiting([part.token for part in parts], viewer)
    context = {
        "held": [(part, waiting[part.token]) for part in parts if part.token in waiting],
        "entrusted": _entrusted(mine),
        "names": viewer.has(STEWARD),
    }
    return render(request, "consent/held/index.html", context)


def _entrusted(items) -> list[dict]:
    """Each with who told it, and what she wrote of whose it is."""
    found = list(items.entrusted().prefetch_related("holders").order_by("created_at")[:SHOWN])
    people = {
        person.actor_id: person.get_full_name()
        for person in User.objects.filter(actor_id__in={item.created_by for item in found})
    }
    return [
        {
            "item": item,
            "who": people.get(item.created_by, _("A former member")),
            "whose": item.token("whose1"),
            "holders": list(item.holders.all()),
        }
        for item in found
    ]


@workspace("GET", "POST")
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a copy stay as a reference, or give it back with a reason."""
    mine = KnowledgeItem.objects.visible_to(request.viewer)
    copy = get_object_or_404(Part.objects.copies().select_related("item"), pk=pk, item__in=mine)
    if not policies.serves(request.viewer, copy.item):
        raise PermissionDenied(_("Only the holders or a steward decide about this."))
    waiting = copies.waiting([copy.token], request.viewer).get(copy.token)
    if waiting is None:
        raise Http404
    form = SettleForm(posted(request))

    def deed() -> str:
        typed = form.cleaned_data
        stays = typed["decision"] == SettleForm.STAY
        actions.settle_copy(copy=copy, stays=stays, reason=typed["reason"], by=request.viewer)
        return reverse("consent:held")

    return asked(request, form, "consent/settle_copy/index.html", deed, copy=copy, waiting=waiting)


@workspace("GET", "POST")
def holders(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A steward says whose the knowledge is that somebody told."""
    item = get_object_or_404(
        KnowledgeItem.objects.visible_to(request.viewer).entrusted().filter(holders=None), pk=pk
    )
    if not request.viewer.has(STEWARD):
        raise PermissionDenied(_("A steward says whose knowledge this is."))
    form = HoldersForm(posted(request), viewer=request.viewer)

    def deed() -> str:
        actions.name_holders(item=item, holders=form.cleaned_data["holders"], by=request.viewer)
        return item.get_absolute_url()

    return asked(
        request, form, "consent/name_holders/index.html", deed, item=item, whose=item.token("whose1")
    )
