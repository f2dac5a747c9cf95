"""Keeping control of an item: pausing it, seeing who had it, taking it back."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from network.consent import actions, letters, policies, receiving
from network.consent.forms import ConfirmForm
from network.consent.models import ItemKey, KnowledgeItem, Part
from network.consent.views.doorway import asked, held, item_of, workspace
from network.foundations.exceptions import Refused
from network.foundations.forms import posted
from network.foundations.streams import in_turns


@workspace("GET", "POST")
def pause(request: HttpRequest, pk: UUID, holder_id: int) -> HttpResponse:
    """Pause: one press on the item's page; without it, this page asks once."""
    item, holder = held(request, pk, holder_id)
    if not policies.can_withdraw(request.viewer, holder.pk):
        raise PermissionDenied(_("Only the holders can pause this."))
    form = ConfirmForm(posted(request))

    def deed() -> str:
        actions.freeze(item=item, holder=holder, by=request.viewer)
        return item.get_absolute_url()

    return asked(request, form, "consent/pause/index.html", deed, item=item, holder=holder)


@workspace("GET", "POST")
def keep(request: HttpRequest, pk: UUID, holder_id: int) -> HttpResponse:
    """The answer 'keep it sealed' to the question of ninety days: said anew, it holds for ninety more."""
    item, holder = held(request, pk, holder_id)
    if not policies.can_withdraw(request.viewer, holder.pk):
        raise PermissionDenied(_("Only the holders decide what becomes of this."))
    form = ConfirmForm(posted(request))

    def deed() -> str:
        actions.withdraw(item=item, holder=holder, by=request.viewer)
        return reverse("consent:index")

    return asked(request, form, "consent/keep/index.html", deed, item=item, holder=holder)


@workspace("GET")
def received(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Everybody who had it, with a letter that asks them to delete their copies."""
    item = item_of(request, pk)
    own_too = bool(request.GET.get("own"))
    chosen = letters.language_or(request.GET.get("letter", ""), request.viewer.language)
    context = {
        "item": item,
        "key": ItemKey.objects.filter(pk=item.pk).first(),
        "page": receiving.page_of(item, request.GET.get("cursor", ""), own_too=own_too),
        "own_too": own_too,
        "is_own": _is_own(request, item),
        "letter": letters.asking_to_delete(item, chosen),
        "letter_language": chosen,
        "letter_direction": letters.direction(chosen),
        "letter_tabs": letters.tabs(chosen),
    }
    return render(request, "consent/received/index.html", context)


@workspace("GET")
def received_table(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The same as a file: names of people leave in it, so it is for the holders alone."""
    item = item_of(request, pk)
    if not _is_own(request, item):
        raise PermissionDenied(_("Only the holders take this list with them."))
    response = HttpResponse(receiving.table(item), content_type="text/csv; charset=utf-8")
    return _as_file(response, f"received-{item.pk}.csv")


@workspace("GET", "POST")
def hand_back(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """What the package holds; pressed, the package itself."""
    item = item_of(request, pk)
    if not policies.can_take_back(request.viewer, item):
        raise PermissionDenied(
            _("Only one of the holders’ own people who decides for them can take it back.")
        )
    form = ConfirmForm(posted(request))
    if request.method == "POST":
        try:
            package = actions.hand_back(item=item, by=request.viewer)
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            is_async = isinstance(request, ASGIRequest)
            body = in_turns(package) if is_async else package
            response = StreamingHttpResponse(body, content_type="application/zip")
            return _as_file(response, f"item-{item.pk}.zip")
    parts = Part.objects.filter(item=item)
    context = {
        "item": item,
        "form": form,
        "texts": parts.knowledge().count(),
        "notes": parts.notes().count(),
        "may_destroy": policies.can_destroy(request.viewer, item),
    }
    return render(request, "consent/return/index.html", context, status=422 if form.is_bound else 200)


def _is_own(request: HttpRequest, item: KnowledgeItem) -> bool:
    """Whether she belongs to one of its holders."""
    return item.holdings.filter(holder__in=request.viewer.ids("holder")).exists()


def _as_file(response: HttpResponseBase, name: str) -> HttpResponseBase:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
