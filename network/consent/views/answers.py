"""What holders say about an item, and what they take back."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from network.consent import actions, ingest, policies
from network.consent.enums import RecordKind
from network.consent.forms import AnswerForm, ConfirmForm, ConsentForm, RefusalForm
from network.consent.models import ConsentRequest, KnowledgeItem, Part, Proposal
from network.consent.presets import ALONE, asked_for
from network.consent.views.doorway import asked, item_of, uploaded, workspace
from network.consent.views.telling import request_told
from network.foundations.forms import posted
from network.foundations.memory_uploads import kept_in_memory


@workspace("GET", "POST")
@kept_in_memory(ingest.MOST)
def answer(request: HttpRequest, pk: UUID, answer: str) -> HttpResponse:
    """``answer`` is a preset, or ``refused`` or ``suspended``; ``?request=`` names what it answers."""
    item = item_of(request, pk)
    wish = _wish(request, item)
    preset = asked_for(answer, wish.requester_id if wish else None) if answer != ALONE or wish else None
    context = {"item": item, "preset": preset, "wish": wish and request_told(wish, request.viewer)}
    if preset and item.exposure in preset.exposures:
        form = ConsentForm(
            posted(request), uploaded(request), preset=preset, request=wish, viewer=request.viewer, item=item
        )
        return _asked(request, form, lambda: _give(request, form, item, answer, wish), **context)
    if answer in (RecordKind.REFUSED, RecordKind.SUSPENDED):
        no = RefusalForm(posted(request), uploaded(request), viewer=request.viewer, item=item)
        kind = RecordKind(answer)
        return _asked(request, no, lambda: _hold_back(request, no, item, kind), kind=kind, item=item)
    raise Http404


def _wish(request: HttpRequest, item: KnowledgeItem) -> ConsentRequest | None:
    asked_by = request.GET.get("request")
    if not asked_by:
        return None
    waiting = ConsentRequest.objects.waiting().select_related("requester", "item")
    try:
        return get_object_or_404(waiting, pk=UUID(asked_by), item=item)
    except ValueError:
        raise Http404 from None


def _asked(request: HttpRequest, form: AnswerForm, deed: Callable[[], str], **context: Any) -> HttpResponse:
    context["nobody"] = _nobody_decides(form)
    return asked(request, form, "consent/answer/index.html", deed, **context)


def _give(
    request: HttpRequest, form: ConsentForm, item: KnowledgeItem, preset: str, wish: ConsentRequest | None
) -> str:
    typed = form.cleaned_data
    authorities = list(typed["authorities"])
    with transaction.atomic():
        made = actions.give(
            item=item,
            authorities=authorities,
            basis=typed["basis"],
            method=typed["method"],
            clauses=form.clauses,
            particulars=form.particulars(preset, wish),
            note=form.sealed_note,
            by=request.viewer,
        )
        if typed["attribution"]:
            holder = authorities[0].holder
            actions.name_beside(item=item, holder=holder, words=typed["attribution"], by=request.viewer)
    if isinstance(made, Proposal):
        return made.get_absolute_url()
    return wish.get_absolute_url() if wish else item.get_absolute_url()


def _hold_back(request: HttpRequest, form: RefusalForm, item: KnowledgeItem, kind: RecordKind) -> str:
    typed = form.cleaned_data
    actions.record_consent(
        item=item,
        authorities=list(typed["authorities"]),
        kind=kind,
        method=typed["method"],
        note=actions.Note(typed["note"], typed["note_language"], file=typed["file"]),
        by=request.viewer,
    )
    return item.get_absolute_url()


def _nobody_decides(form: AnswerForm) -> bool:
    return not form.fields["authorities"].queryset.exists()


@workspace("GET", "POST")
def stop(request: HttpRequest, pk: UUID, holder_id: int) -> HttpResponse:
    """Stop sharing: one press on the item's page; without it, this page asks once."""
    item = item_of(request, pk)
    holder = get_object_or_404(item.holders, pk=holder_id)
    if not policies.can_withdraw(request.viewer, holder.pk):
        raise PermissionDenied(_("Only the holders can stop sharing this."))
    form = ConfirmForm(posted(request))

    def deed() -> str:
        actions.withdraw(item=item, holder=holder, by=request.viewer)
        return item.get_absolute_url()

    return asked(request, form, "consent/stop/index.html", deed, item=item, holder=holder)


@workspace("GET", "POST")
def erase(request: HttpRequest, pk: UUID) -> HttpResponse:
    item = item_of(request, pk)
    if not policies.can_destroy(request.viewer, item):
        raise PermissionDenied(_("Only somebody who decides for the holders can erase their knowledge."))
    form = ConfirmForm(posted(request))

    def deed() -> str:
        actions.destroy_key(item=item, by=request.viewer)
        return item.get_absolute_url()

    return asked(request, form, "consent/erase/index.html", deed, item=item)


@workspace("GET", "POST")
def erase_note(request: HttpRequest, pk: UUID, note_id: int) -> HttpResponse:
    item = item_of(request, pk)
    note = get_object_or_404(Part.objects.notes(), item=item, holder__isnull=False, pk=note_id)
    if not policies.belongs_to(request.viewer, note.holder_id):
        raise PermissionDenied(_("Only the holders can erase their own notes."))
    form = ConfirmForm(posted(request))

    def deed() -> str:
        actions.erase_note(note=note, by=request.viewer)
        return item.get_absolute_url()

    return asked(request, form, "consent/erase_note/index.html", deed, item=item)
