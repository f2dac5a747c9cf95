"""What holders say about an item, and what they take back."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from network.consent import actions, policies
from network.consent.enums import RecordKind
from network.consent.forms import AnswerForm, ConfirmForm, ConsentForm, RefusalForm
from network.consent.models import KnowledgeItem, Part
from network.consent.presets import presets
from network.consent.views.doorway import asked, item_of, posted, workspace


@workspace("GET", "POST")
def answer(request: HttpRequest, pk: UUID, answer: str) -> HttpResponse:
    """``answer`` is a preset, or ``refused`` or ``suspended``."""
    item = item_of(request, pk)
    form, kind = _answer_form(request, item, answer)

    def deed() -> str:
        typed = form.cleaned_data
        actions.record_consent(
            item=item,
            authority=typed["authority"],
            kind=kind,
            basis=typed.get("basis", ""),
            method=typed["method"],
            clauses=form.clauses,
            preset=answer if kind is RecordKind.GIVEN else "",
            review_on=typed.get("review_on"),
            note=actions.Note(typed["note"], typed["note_language"]),
            by=request.viewer,
        )
        return item.get_absolute_url()

    context = {"item": item, "kind": kind, "preset": presets.get(answer), "nobody": _nobody_decides(form)}
    return asked(request, form, "consent/answer/index.html", deed, **context)


def _answer_form(
    request: HttpRequest, item: KnowledgeItem, answer: str
) -> tuple[ConsentForm | RefusalForm, RecordKind]:
    asked = {"viewer": request.viewer, "item": item}
    preset = presets.get(answer)
    if preset and item.exposure in preset.exposures:
        return ConsentForm(posted(request), preset=preset, **asked), RecordKind.GIVEN
    if answer in (RecordKind.REFUSED, RecordKind.SUSPENDED):
        return RefusalForm(posted(request), **asked), RecordKind(answer)
    raise Http404


def _nobody_decides(form: AnswerForm) -> bool:
    return not form.fields["authority"].queryset.exists()


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
    note = get_object_or_404(Part, item=item, holder__isnull=False, pk=note_id)
    if not policies.belongs_to(request.viewer, note.holder_id):
        raise PermissionDenied(_("Only the holders can erase their own notes."))
    form = ConfirmForm(posted(request))

    def deed() -> str:
        actions.erase_note(note=note, by=request.viewer)
        return item.get_absolute_url()

    return asked(request, form, "consent/erase_note/index.html", deed, item=item)
