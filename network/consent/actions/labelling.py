"""What holders put on an item: labels of Local Contexts and warnings. It counts from the same moment on.

Putting something on narrows; taking away what held back widens, so it needs somebody who decides, and on
women's knowledge their own voice.
"""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.consent import labels, policies
from network.consent.actions.recording import tell_of_mark
from network.consent.actions.remembering import forget_mark, label_mark, remember_mark, warning_mark
from network.consent.enums import Warning
from network.consent.models import Holder, Holding, KnowledgeItem, Label
from network.foundations.exceptions import Refused
from network.foundations.viewer import Viewer


def put_label(
    *,
    item: KnowledgeItem,
    holder: Holder,
    family: str,
    code: str,
    by: Viewer,
    hub_project: UUID | None = None,
    hub_label: UUID | None = None,
) -> Label:
    """Nobody puts a label on behalf of the holders: no steward and no editor."""
    if not policies.decides_for(by, holder.pk):
        raise PermissionDenied(_("Only the holders’ own people who decide put labels on their knowledge."))
    if (family, code) not in labels.MEANINGS:
        raise Refused(_("Choose one of the labels."), "label")
    try:
        with transaction.atomic():
            _holding(item, holder)
            label = Label.objects.create(
                item=item, holder=holder, family=family, code=code, hub_project=hub_project,
                hub_label=hub_label, applied_by=by.user.actor_id,
            )  # fmt: skip
            remember_mark(item.pk, label_mark(holder.pk, family, code))
            if labels.narrows(family, code):
                tell_of_mark(item.pk)
    except IntegrityError:
        raise Refused(_("This label is on it already."), "label") from None
    return label


def take_label(*, label: Label, by: Viewer) -> None:
    _require_decider(label.item, label.holder_id, by)
    if label.until is None:
        with transaction.atomic():
            label.until = timezone.now()
            label.save(update_fields=["until"])
            forget_mark(label.item_id, label_mark(label.holder_id, label.family, label.code))


def put_warning(*, item: KnowledgeItem, holder: Holder, warning: Warning, by: Viewer) -> None:
    """Anybody of the holders may ask that others be asked first."""
    if not policies.belongs_to(by, holder.pk):
        raise PermissionDenied(_("Only people of the holders put warnings on their knowledge."))
    with transaction.atomic():
        holding = _holding(item, holder)
        if warning in holding.warnings:
            return
        holding.warnings = sorted({*holding.warnings, Warning(warning).value})
        holding.save(update_fields=["warnings"])
        remember_mark(item.pk, warning_mark(holder.pk, Warning(warning).value))
        tell_of_mark(item.pk)


def take_warning(*, item: KnowledgeItem, holder: Holder, warning: Warning, by: Viewer) -> None:
    _require_decider(item, holder.pk, by)
    with transaction.atomic():
        holding = _holding(item, holder)
        holding.warnings = [kept for kept in holding.warnings if kept != warning]
        holding.save(update_fields=["warnings"])
        forget_mark(item.pk, warning_mark(holder.pk, Warning(warning).value))


def _holding(item: KnowledgeItem, holder: Holder) -> Holding:
    found = item.holdings.select_for_update().filter(holder=holder).first()
    if found is None:
        raise Refused(_("This knowledge belongs to other holders."))
    return found


def _require_decider(item: KnowledgeItem, holder_id: int, by: Viewer) -> None:
    if not policies.can_loosen(by, item, holder_id):
        raise PermissionDenied(_("Only somebody who decides for the holders takes this away."))
