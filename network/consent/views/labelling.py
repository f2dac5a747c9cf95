"""Labels and warnings on an item: the holders' own people put them there."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from network.consent import actions, labels, policies
from network.consent.enums import Warning
from network.consent.forms import ConfirmForm, LabelForm, WarningForm
from network.consent.models import KnowledgeItem
from network.consent.views.doorway import asked, held, item_of, workspace
from network.foundations.forms import posted


@workspace("GET", "POST")
def put_label(request: HttpRequest, pk: UUID, holder_id: int) -> HttpResponse:
    item, holder = held(request, pk, holder_id)
    if not policies.decides_for(request.viewer, holder.pk):
        raise PermissionDenied(_("Only the holders’ own people who decide put labels on their knowledge."))
    form = LabelForm(posted(request))

    def deed() -> str:
        typed = form.cleaned_data
        actions.put_label(
            item=item, holder=holder, **form.chosen, hub_project=typed["hub_project"],
            hub_label=typed["hub_label"], by=request.viewer,
        )  # fmt: skip
        return item.get_absolute_url()

    return asked(request, form, "consent/put_label/index.html", deed, item=item, holder=holder)


@workspace("GET", "POST")
def take_label(request: HttpRequest, pk: UUID, label_id: int) -> HttpResponse:
    item = item_of(request, pk)
    label = get_object_or_404(item.labels.in_force().select_related("holder"), pk=label_id)
    _require_loosening(request, item, label.holder_id)
    form = ConfirmForm(posted(request))

    def deed() -> str:
        actions.take_label(label=label, by=request.viewer)
        return item.get_absolute_url()

    name = labels.name_of(label.family, label.code)
    return asked(request, form, "consent/take_off/index.html", deed, item=item, name=name)


@workspace("GET", "POST")
def put_warning(request: HttpRequest, pk: UUID, holder_id: int) -> HttpResponse:
    item, holder = held(request, pk, holder_id)
    if not policies.belongs_to(request.viewer, holder.pk):
        raise PermissionDenied(_("Only people of the holders put warnings on their knowledge."))
    form = WarningForm(posted(request))

    def deed() -> str:
        warning = Warning(form.cleaned_data["warning"])
        actions.put_warning(item=item, holder=holder, warning=warning, by=request.viewer)
        return item.get_absolute_url()

    return asked(request, form, "consent/put_warning/index.html", deed, item=item, holder=holder)


@workspace("GET", "POST")
def take_warning(request: HttpRequest, pk: UUID, holder_id: int, warning: str) -> HttpResponse:
    item, holder = held(request, pk, holder_id)
    if warning not in Warning.values:
        raise Http404
    _require_loosening(request, item, holder.pk)
    form = ConfirmForm(posted(request))

    def deed() -> str:
        actions.take_warning(item=item, holder=holder, warning=Warning(warning), by=request.viewer)
        return item.get_absolute_url()

    name = Warning(warning).label
    return asked(request, form, "consent/take_off/index.html", deed, item=item, name=name)


def _require_loosening(request: HttpRequest, item: KnowledgeItem, holder_id: int) -> None:
    if not policies.can_loosen(request.viewer, item, holder_id):
        raise PermissionDenied(_("Only somebody who decides for the holders takes this away."))
